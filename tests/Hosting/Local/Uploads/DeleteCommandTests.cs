using Azure.Storage.Blobs;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local.Uploads;

/// <summary>
/// The <c>delete</c> command of the built program, run as a separate process while a blog is running.
/// </summary>
[Trait("Category", "Slow")]
public sealed class DeleteCommandTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("blog-delete-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Uploaded_files_are_deleted_by_the_names_that_upload_printed()
    {
        await using var blog = await StartAsync();
        await blog.UploadAsync("one.md", "---\ntitle: One\n---\nText.\n");
        await blog.UploadAsync("trip/index.md", "---\ntitle: Trip\n---\nText.\n");
        await blog.UploadAsync("trip/sea.mp3", "not really"u8.ToArray(), StorageNames.Posts);
        await blog.UploadAsync("deep/sound.mp3", "not really"u8.ToArray());

        await using var delete = Delete("one.md", "trip/index.md", "trip/sea.mp3", "deep/sound.mp3", "one.md");

        Assert.Equal((0, ""), (await delete.EndAsync(), delete.Errors));
        Assert.Equal(
            [
                "one.md: withdrawn: The file is deleted. Its comments are kept, and return with it.",
                "trip/index.md: withdrawn: The file is deleted. Its comments are kept, and return with it.",
                "trip/sea.mp3: withdrawn: The file is deleted.",
                "deep/sound.mp3: withdrawn: The file is deleted.",
            ],
            delete.Output.TrimEnd().Split('\n')
        );
        Assert.Equal([], await FilesAsync(blog, StorageNames.Posts));
        Assert.Equal([], await FilesAsync(blog, StorageNames.Media));
    }

    [Theory]
    [InlineData("nowhere.md")]
    [InlineData("nowhere.png")]
    [InlineData("one.png")]
    [InlineData("ONE.md")]
    [InlineData("../media/picture.md")]
    [InlineData("/one.md")]
    [InlineData("")]
    public async Task An_unknown_name_is_reported_in_one_sentence_and_nothing_is_deleted(string name)
    {
        await using var blog = await StartAsync();
        await blog.PublishAsync("one");
        await blog.UploadAsync("picture.md", "not a post"u8.ToArray());

        await using var delete = Delete("one.md", name);

        Assert.Equal((1, ""), (await delete.EndAsync(), delete.Output));
        Assert.Equal(
            $"There is no uploaded file {name}, and nothing was deleted: "
                + "write the name as upload printed it, such as my-post.md or trip/index.md.\n",
            delete.Errors
        );
        Assert.Equal(["one.md"], await FilesAsync(blog, StorageNames.Posts));
        Assert.Equal(["picture.md"], await FilesAsync(blog, StorageNames.Media));
    }

    [Fact]
    public async Task Of_two_files_with_the_same_name_the_one_in_media_is_deleted()
    {
        await using var blog = await StartAsync();
        await blog.UploadAsync("trip/sea.mp3", "one"u8.ToArray());
        await blog.UploadAsync("trip/sea.mp3", "two"u8.ToArray(), StorageNames.Posts);

        await using var delete = Delete("trip/sea.mp3");

        Assert.Equal(0, await delete.EndAsync());
        Assert.Equal(["trip/sea.mp3"], await FilesAsync(blog, StorageNames.Posts));
        Assert.Equal([], await FilesAsync(blog, StorageNames.Media));
    }

    [Fact]
    public async Task Without_a_running_blog_it_prints_one_sentence()
    {
        await using var delete = Delete("one.md");

        Assert.Equal((1, ""), (await delete.EndAsync(), delete.Output));
        Assert.StartsWith($"No blog is running on {_data.FullName}", delete.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_about_page_lists_all_samples_in_its_delete_command()
    {
        var samples = Path.Combine(RepositoryRoot.Find(), "functions", "Hosting", "Local", "samples");
        var command = File.ReadLines(Path.Combine(samples, "posts", "about.md"))
            .Single(line => line.Contains("-- delete ", StringComparison.Ordinal));

        Assert.Equal(
            Directory
                .EnumerateFiles(samples, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetFileName(file)!)
                .Where(name => name != "about.md")
                .Order(StringComparer.Ordinal),
            command.Split("-- delete ")[1].Split(' ').Order(StringComparer.Ordinal)
        );
    }

    private async Task<TestBlog> StartAsync()
    {
        var blog = await TestBlog.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(_data.FullName, "storage.txt"), blog.Connection + "\n");
        return blog;
    }

    private ProgramRun Delete(params string[] names) => ProgramRun.Blog(["delete", "--data", _data.FullName, .. names]);

    private static async Task<List<string>> FilesAsync(TestBlog blog, string container) =>
        await new BlobContainerClient(blog.Connection, container)
            .GetBlobsAsync()
            .Select(blob => blob.Name)
            .ToListAsync();
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Storage;

/// <summary>
/// The schema versions of stored rows: older rows are upgraded when they are read, newer ones are refused.
/// </summary>
public sealed class RowTests
{
    private const string Old = """{"Name":"Ada","Address":"ada@example.com"}""";

    private static readonly JsonTypeInfo<Person> PersonInfo =
        (JsonTypeInfo<Person>)JsonSerializerOptions.Default.GetTypeInfo(typeof(Person));

    /// <summary>Upgrades from schema 1 to 2, a renamed property, and from 2 to 3, a changed value.</summary>
    private static readonly Func<Type, JsonNode, JsonNode>[] Upgrades =
    [
        (type, json) =>
            type == typeof(Person)
                ? new JsonObject { ["Name"] = json["Name"]!.DeepClone(), ["Mail"] = json["Address"]!.DeepClone() }
                : json,
        (_, json) => new JsonObject { ["Name"] = $"{json["Name"]}!", ["Mail"] = json["Mail"]!.DeepClone() },
    ];

    [Theory]
    [InlineData(null)] // schema 1: the first rows had no schema property
    [InlineData(1)]
    public void An_older_row_is_upgraded_version_by_version(int? schema) =>
        Assert.Equal(new Person("Ada!", "ada@example.com"), Row.Read(RowOf(Old, schema), PersonInfo, Upgrades));

    [Fact]
    public void A_row_is_upgraded_starting_from_its_own_version() =>
        Assert.Equal(
            new Person("Ada!", "ada@example.com"),
            Row.Read(RowOf("""{"Name":"Ada","Mail":"ada@example.com"}""", schema: 2), PersonInfo, Upgrades)
        );

    [Fact]
    public void A_row_of_the_current_version_is_read_unchanged() =>
        Assert.Equal(
            new Person("Ada", "ada@example.com"),
            Row.Read(RowOf("""{"Name":"Ada","Mail":"ada@example.com"}""", schema: 3), PersonInfo, Upgrades)
        );

    [Fact]
    public void A_written_row_has_its_schema_and_can_be_read_again()
    {
        var row = Row.Create("people", "ada", new Person("Ada", "ada@example.com"), PersonInfo);

        Assert.Equal(1, row.GetInt32("Schema"));
        Assert.Equal(new Person("Ada", "ada@example.com"), Row.Read(row, PersonInfo));
    }

    [Fact]
    public void A_newer_row_is_refused_with_a_sentence_that_says_what_to_do()
    {
        var refused = Assert.Throws<NewerRowException>(() => Row.Read(RowOf(Old, schema: 4), PersonInfo, Upgrades));

        Assert.Equal(
            "The row people/ada has schema 4, and this version of the program reads up to 3: "
                + "deploy the newer version again.",
            refused.Message
        );
    }

    [Fact]
    public async Task A_newer_row_is_a_server_error_for_readers_and_commenters_and_is_logged()
    {
        var log = new LogCapture<object>();
        await using var blog = await TestBlog.StartAsync(compose: services =>
            services
                .AddSingleton<ILoggerProvider>(new LogCaptureProvider(log))
                .Configure<LoggerFilterOptions>(options => options.MinLevel = LogLevel.Error)
        );
        var post = await blog.PublishAsync("newer");
        var table = new TableClient(blog.Connection, "posts");
        var row = (await table.GetEntityAsync<TableEntity>("posts", $"post:{post}")).Value;
        row["Schema"] = 1_000;
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        using var read = await blog.Http.GetAsync("/posts/newer");
        using var sent = await blog.CommentAsync(post, "Words.");

        Assert.Equal((503, 503), ((int)read.StatusCode, (int)sent.StatusCode));
        Assert.DoesNotContain("schema", await read.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var messages = log.ExceptionsAt(LogLevel.Error)
            .OfType<NewerRowException>()
            .Select(problem => problem.Message)
            .ToList();
        Assert.True(messages.Count >= 2, $"Logged {messages.Count} times.");
        Assert.All(messages, message =>
            Assert.StartsWith($"The row posts/post:{post} has schema 1000, ", message, StringComparison.Ordinal)
        );
    }

    private static TableEntity RowOf(string data, int? schema)
    {
        var row = new TableEntity("people", "ada") { ["Data"] = data };
        if (schema is not null)
        {
            row["Schema"] = schema;
        }

        return row;
    }
}

using ServerlessBlog.Hosting.Local.Uploads;
using ServerlessBlog.Hosting.Local.Watching;

namespace ServerlessBlog.Tests.Hosting.Local.Watching;

public sealed class FolderStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_file_is_uploaded_when_two_looks_have_found_it_the_same_and_then_only_after_a_change()
    {
        var state = new FolderState([]);

        Assert.Empty(Look(state, 0, ("a.md", 1)).Written);
        Assert.True(state.IsUnsettled);
        Assert.Empty(Look(state, 0.1, ("a.md", 2)).Written); // still being written
        var file = Assert.Single(Look(state, 0.2, ("a.md", 2)).Written);
        Assert.Equal([file], Look(state, 0.3, ("a.md", 2)).Written); // the upload failed
        state.NoteDone(file);

        Assert.Empty(Look(state, 0.4, ("a.md", 2)).Written);
        Assert.False(state.IsUnsettled);
        Assert.Empty(Look(state, 0.5, ("a.md", 3)).Written);
        Assert.Single(Look(state, 0.6, ("a.md", 3)).Written);
    }

    [Fact]
    public void A_file_that_is_away_for_less_than_a_second_is_not_deleted()
    {
        var state = Settled("a.md");

        Assert.Empty(Look(state, 1).Deleted);
        Assert.Empty(Look(state, 1.9).Deleted);
        Assert.Empty(Look(state, 2, ("a.md", 1)).Deleted);
        Assert.Empty(Look(state, 2.5, ("a.md", 1)).Written);
        Assert.False(state.IsUnsettled);

        Assert.Empty(Look(state, 3).Deleted);
        var deleted = Assert.Single(Look(state, 4).Deleted);
        Assert.Equal(new StoredFile("posts", "a.md"), deleted);
        state.NoteDeleted(deleted);
        Assert.Empty(Look(state, 6).Deleted);
        Assert.False(state.IsUnsettled);
    }

    [Fact]
    public void A_new_name_waits_until_the_old_one_is_known_to_be_deleted_and_changed_files_do_not()
    {
        var state = Settled("a.md", "c.md");

        Assert.Empty(Look(state, 1, ("b.md", 1), ("c.md", 2)).Written);
        Assert.Equal(["c.md"], Look(state, 1.1, ("b.md", 1), ("c.md", 2)).Written.Select(file => file.Name));

        var changes = Look(state, 2.1, ("b.md", 1), ("c.md", 2));

        Assert.Equal(["a.md"], changes.Deleted.Select(file => file.Name));
        Assert.Contains("b.md", changes.Written.Select(file => file.Name));
    }

    [Fact]
    public void What_was_uploaded_before_and_is_missing_at_the_start_is_deleted_after_a_second()
    {
        var state = new FolderState([new StoredFile("posts", "old.md")]);

        Assert.Empty(Look(state, 0).Deleted);
        Assert.True(state.IsUnsettled);
        Assert.Single(Look(state, 1).Deleted);
    }

    private static FolderState Settled(params string[] names)
    {
        var state = new FolderState([]);
        var files = names.Select(name => (name, 1)).ToArray();
        Look(state, 0, files);
        foreach (var file in Look(state, 0.1, files).Written)
        {
            state.NoteDone(file);
        }

        return state;
    }

    private static FolderChanges Look(FolderState state, double second, params (string Name, int Length)[] files) =>
        state.Look(
            files
                .Select(file => (new UploadedFile("/" + file.Name, "posts", file.Name), new FileStamp(file.Length, 0)))
                .ToDictionary(entry => StoredFile.From(entry.Item1)),
            Start.AddSeconds(second)
        );
}

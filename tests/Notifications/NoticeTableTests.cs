using Azure;
using ServerlessBlog.Notifications;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Notifications;

public sealed class NoticeTableTests
{
    [Fact]
    public async Task A_notice_comes_back_as_it_was_kept()
    {
        var stage = await NoticeStage.OpenAsync();
        var kept = new Notice("a", "Grüße", "Line\nline 💩", [new Person("Änn", "ann@example.com"), new Person("Bob", "bob@example.com")], stage.Clock.GetUtcNow())
        {
            State = NoticeState.Waiting,
            NotBefore = stage.Clock.GetUtcNow().AddTicks(1),
            Attempts = 3,
            LastProblem = "No.",
        };

        await stage.Table.AddAsync(kept, default);
        var read = await stage.ReadAsync("a");

        Assert.Equal(kept.To, read.To);
        Assert.Equal(kept, WithPeopleOf(kept, read));
        Assert.Equal("Line\nline 💩", read.Text);
    }

    [Theory]
    [InlineData('"')]
    [InlineData('\uE000')]
    [InlineData('字')]
    [InlineData('\n')]
    public async Task The_longest_text_fits_into_its_row_whatever_it_is_made_of(char letter)
    {
        var stage = await NoticeStage.OpenAsync();
        var text = new string(letter, Notice.MaxTextLength);
        var people = Enumerable.Range(0, Notice.MaxPeople).Select(number => new Person(new string('ä', 120), new string('x', 240) + $"{number}@example.com")).ToList();

        await stage.Table.AddAsync(new Notice("long", new string('ß', 200), text, people, stage.Clock.GetUtcNow()) { LastProblem = new string('\uE000', 500) }, default);

        Assert.Equal(text, (await stage.ReadAsync("long")).Text);
        var row = (await stage.Rows.GetEntityAsync<Azure.Data.Tables.TableEntity>("long", "notice")).Value;
        Assert.All(row.Select(property => property.Value).OfType<string>(), value => Assert.True(value.Length <= 32_768, "The service refuses more than 64 KiB a property; Azurite may not."));
    }

    [Fact]
    public async Task Adding_one_that_is_there_changes_nothing()
    {
        var stage = await NoticeStage.OpenAsync();

        var first = await stage.Table.AddAsync(stage.NewNotice(), default);
        var second = await stage.Table.AddAsync(stage.NewNotice() with { Attempts = 9 }, default);

        Assert.True(first);
        Assert.False(second);
        Assert.Equal(0, (await stage.ReadAsync()).Attempts);
    }

    [Fact]
    public async Task Who_read_an_older_version_replaces_nothing()
    {
        var stage = await NoticeStage.OpenAsync();
        await stage.Table.AddAsync(stage.NewNotice(), default);
        var read = (await stage.Table.FindAsync("held-1-2", default))!;

        var first = await stage.Table.ReplaceAsync(read, read.Value with { Attempts = 1 }, default);
        var second = await stage.Table.ReplaceAsync(read, read.Value with { Attempts = 2 }, default);
        var third = await stage.Table.ReplaceAsync(first!, read.Value with { Attempts = 3 }, default);

        Assert.Null(second);
        Assert.NotNull(third);
        Assert.Equal(3, (await stage.ReadAsync()).Attempts);
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        var stage = await NoticeStage.OpenAsync();

        Assert.Null(await stage.Table.FindAsync("nothing", default));
    }

    [Fact]
    public async Task A_table_that_is_missing_is_not_taken_for_a_notice_that_is_there()
    {
        var stage = await NoticeStage.OpenAsync();
        await stage.Rows.DeleteAsync();

        await Assert.ThrowsAsync<RequestFailedException>(() => stage.Table.AddAsync(stage.NewNotice(), default));
    }

    /// <summary>Records compare lists by reference.</summary>
    private static Notice WithPeopleOf(Notice other, Notice notice) => new(notice.Id, notice.Subject, notice.Text, other.To, notice.Created)
    {
        State = notice.State,
        NotBefore = notice.NotBefore,
        SendingUntil = notice.SendingUntil,
        Attempts = notice.Attempts,
        LastProblem = notice.LastProblem,
    };
}

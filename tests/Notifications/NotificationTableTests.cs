using Azure;
using ServerlessBlog.Notifications;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Notifications;

public sealed class NotificationTableTests
{
    [Fact]
    public async Task A_notice_comes_back_as_it_was_kept()
    {
        var fixture = await NotificationFixture.OpenAsync();
        var kept = new Notification(
            "a",
            "Grüße",
            "Line\nline 💩",
            [new Person("Änn", "ann@example.com"), new Person("Bob", "bob@example.com")],
            fixture.Clock.GetUtcNow()
        )
        {
            State = NotificationState.Waiting,
            NotBefore = fixture.Clock.GetUtcNow().AddTicks(1),
            Attempts = 3,
            LastProblem = "No.",
        };

        await fixture.Table.AddAsync(kept, default);
        var read = await fixture.ReadAsync("a");

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
        var fixture = await NotificationFixture.OpenAsync();
        var text = new string(letter, Notification.MaxTextLength);
        var people = Enumerable
            .Range(0, Notification.MaxPeople)
            .Select(number => new Person(new string('ä', 120), new string('x', 240) + $"{number}@example.com"))
            .ToList();

        await fixture.Table.AddAsync(
            new Notification("long", new string('ß', 200), text, people, fixture.Clock.GetUtcNow())
            {
                LastProblem = new string('\uE000', 500),
            },
            default
        );

        Assert.Equal(text, (await fixture.ReadAsync("long")).Text);
        var row = (await fixture.Rows.GetEntityAsync<Azure.Data.Tables.TableEntity>("long", "notice")).Value;
        Assert.All(row.Select(property => property.Value).OfType<string>(), value =>
            Assert.True(value.Length <= 32_768, "The service refuses more than 64 KiB a property; Azurite may not.")
        );
    }

    [Fact]
    public async Task Adding_one_that_is_there_changes_nothing()
    {
        var fixture = await NotificationFixture.OpenAsync();

        var first = await fixture.Table.AddAsync(fixture.NewNotice(), default);
        var second = await fixture.Table.AddAsync(fixture.NewNotice() with { Attempts = 9 }, default);

        Assert.True(first);
        Assert.False(second);
        Assert.Equal(0, (await fixture.ReadAsync()).Attempts);
    }

    [Fact]
    public async Task Who_read_an_older_version_replaces_nothing()
    {
        var fixture = await NotificationFixture.OpenAsync();
        await fixture.Table.AddAsync(fixture.NewNotice(), default);
        var read = (await fixture.Table.FindAsync("held-1-2", default))!;

        var first = await fixture.Table.ReplaceAsync(read, read.Value with { Attempts = 1 }, default);
        var second = await fixture.Table.ReplaceAsync(read, read.Value with { Attempts = 2 }, default);
        var third = await fixture.Table.ReplaceAsync(first!, read.Value with { Attempts = 3 }, default);

        Assert.Null(second);
        Assert.NotNull(third);
        Assert.Equal(3, (await fixture.ReadAsync()).Attempts);
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        var fixture = await NotificationFixture.OpenAsync();

        Assert.Null(await fixture.Table.FindAsync("nothing", default));
    }

    [Fact]
    public async Task A_table_that_is_missing_is_not_taken_for_a_notice_that_is_there()
    {
        var fixture = await NotificationFixture.OpenAsync();
        await fixture.Rows.DeleteAsync();

        await Assert.ThrowsAsync<RequestFailedException>(() => fixture.Table.AddAsync(fixture.NewNotice(), default));
    }

    /// <summary>Records compare lists by reference.</summary>
    private static Notification WithPeopleOf(Notification other, Notification notification) =>
        new(notification.Id, notification.Subject, notification.Text, other.To, notification.Created)
        {
            State = notification.State,
            NotBefore = notification.NotBefore,
            SendingUntil = notification.SendingUntil,
            Attempts = notification.Attempts,
            LastProblem = notification.LastProblem,
        };
}

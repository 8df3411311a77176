using Azure;
using ServerlessBlog.Notifications;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Notifications;

public sealed class NotificationTableTests
{
    [Fact]
    public async Task A_notification_is_read_back_as_it_was_stored()
    {
        var fixture = await NotificationFixture.OpenAsync();
        var stored = new Notification(
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

        await fixture.Table.AddAsync(stored, default);
        var read = await fixture.ReadAsync("a");

        Assert.Equal(stored.To, read.To);
        Assert.Equal(stored, WithRecipientsOf(stored, read));
        Assert.Equal("Line\nline 💩", read.Text);
    }

    [Theory]
    [InlineData('"')]
    [InlineData('\uE000')]
    [InlineData('字')]
    [InlineData('\n')]
    public async Task The_longest_text_fits_into_its_row_whatever_its_characters(char character)
    {
        var fixture = await NotificationFixture.OpenAsync();
        var text = new string(character, Notification.MaxTextLength);
        var recipients = Enumerable
            .Range(0, Notification.MaxPeople)
            .Select(number => new Person(new string('ä', 120), new string('x', 240) + $"{number}@example.com"))
            .ToList();

        await fixture.Table.AddAsync(
            new Notification("long", new string('ß', 200), text, recipients, fixture.Clock.GetUtcNow())
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
    public async Task Adding_an_existing_id_changes_nothing()
    {
        var fixture = await NotificationFixture.OpenAsync();

        var first = await fixture.Table.AddAsync(fixture.NewNotification(), default);
        var second = await fixture.Table.AddAsync(fixture.NewNotification() with { Attempts = 9 }, default);

        Assert.Equal((await fixture.Table.FindAsync("held-1-2", default))!.Version, first!.Version);
        Assert.Null(second);
        Assert.Equal(0, (await fixture.ReadAsync()).Attempts);
    }

    [Fact]
    public async Task Replacing_with_a_stale_ETag_changes_nothing()
    {
        var fixture = await NotificationFixture.OpenAsync();
        await fixture.Table.AddAsync(fixture.NewNotification(), default);
        var read = (await fixture.Table.FindAsync("held-1-2", default))!;

        var first = await fixture.Table.ReplaceAsync(read, read.Value with { Attempts = 1 }, default);
        var second = await fixture.Table.ReplaceAsync(read, read.Value with { Attempts = 2 }, default);
        var third = await fixture.Table.ReplaceAsync(first!, read.Value with { Attempts = 3 }, default);

        Assert.Null(second);
        Assert.NotNull(third);
        Assert.Equal(3, (await fixture.ReadAsync()).Attempts);
    }

    [Fact]
    public async Task A_notification_that_does_not_exist_is_null()
    {
        var fixture = await NotificationFixture.OpenAsync();

        Assert.Null(await fixture.Table.FindAsync("nothing", default));
    }

    [Fact]
    public async Task A_missing_table_is_not_mistaken_for_an_existing_notification()
    {
        var fixture = await NotificationFixture.OpenAsync();
        await fixture.Rows.DeleteAsync();

        await Assert.ThrowsAnyAsync<RequestFailedException>(() =>
            fixture.Table.AddAsync(fixture.NewNotification(), default)
        );
    }

    /// <summary>A copy with the recipients of another: record equality compares the two lists by reference.</summary>
    private static Notification WithRecipientsOf(Notification other, Notification notification) =>
        new(notification.Id, notification.Subject, notification.Text, other.To, notification.Created)
        {
            State = notification.State,
            NotBefore = notification.NotBefore,
            SendingUntil = notification.SendingUntil,
            Attempts = notification.Attempts,
            LastProblem = notification.LastProblem,
        };
}

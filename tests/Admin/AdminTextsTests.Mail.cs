using System.Text;
using ServerlessBlog.Letters;
using ServerlessBlog.Letters.Mailings;
using ServerlessBlog.Notifications;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin;

/// <summary>The page about mail, in all its states.</summary>
public sealed partial class AdminTextsTests
{
    private async Task VisitMailAsync(TestBlog blog)
    {
        await VisitAsync(AdminPaths.Mail);
        await ImportAsync("email\na@example.com\n", isAgreed: false);
        await ImportAsync("name\n");
        await ImportAsync("email\n\"");
        await ImportAsync("email\n" + new string('\n', RecipientCsv.MaxLength));
        await SubmitAsync(AdminPaths.Mail, ("act", "import"), ("agreed", "yes"));
        var lines = string.Concat(Enumerable.Range(0, 60).Select(number => $"d{number}@example.com\n"));
        await SubmitAsync(AdminPaths.Person, ("act", "stop"), ("email", "gone@example.com"));
        await ImportAsync("email\ngone@example.com\n");
        await SubmitAsync(AdminPaths.Person, ("act", "stop"), ("email", "gone@example.com"));
        await ImportAsync($"email\n{lines}");
        await ImportAsync("email\nd0@example.com\nx\ngone@example.com\n");
        foreach (var act in new[] { "", "bounce", "erase", "lift" })
        {
            await SubmitAsync(AdminPaths.Person, ("act", act), ("email", "d0@example.com"));
        }

        await SubmitAsync(AdminPaths.Person, ("email", "gone@example.com"));
        await blog.Get<RecipientTable>().GetOrAddAsync("e@example.com", CancellationToken.None);
        await SubmitAsync(AdminPaths.Person, ("email", "e@example.com"));
        await blog.Get<RecipientTable>()
            .ChangeAsync(
                (await blog.Get<RecipientTable>().FindByMailAsync("e@example.com", default))!.Value.Id,
                one => one with { Confirmed = DateTimeOffset.UtcNow },
                CancellationToken.None
            );
        await SubmitAsync(AdminPaths.Person, ("email", "e@example.com"));
        await AddMailingsAsync(blog);
        await VisitAsync(AdminPaths.Mail);
    }

    private static async Task AddMailingsAsync(TestBlog blog)
    {
        var now = DateTimeOffset.UtcNow;
        foreach (var state in Enum.GetValues<MailingState>())
        {
            await blog.Get<MailingTable>()
                .AddAsync(
                    new Mailing
                    {
                        Key = Mailing.KeyForWeek(new DateOnly(2026, 1, 1 + (int)state)),
                        Created = now,
                        NotBefore = now.AddDays(1),
                        State = state,
                    },
                    CancellationToken.None
                );
        }

        var table = blog.Get<NotificationTable>();
        var mail = new Notification("waits", "S", "T", [new Person("", "a@example.com")], now);
        await table.AddAsync(mail with { NotBefore = now.AddDays(1) }, default);
        var failed = new Notification("failed", "S", "T", [new Person("", "a@example.com")], now);
        var added = await table.AddAsync(failed, default);
        await table.ReplaceAsync(added!, failed with { State = NotificationState.Failed }, default);
    }

    private async Task ImportAsync(string csv, bool isAgreed = true)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("import"), "act" },
            { new StringContent(isAgreed ? "yes" : ""), "agreed" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "list", "list.csv" },
        };
        await RecordAsync(await _moderator.PostAsync(AdminPaths.Mail, form));
    }
}

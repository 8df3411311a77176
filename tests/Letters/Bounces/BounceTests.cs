using System.Text;
using Azure.Storage.Blobs;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Letters;
using ServerlessBlog.Letters.Bounces;

namespace ServerlessBlog.Tests.Letters.Bounces;

/// <summary>Reports on letters that came back, as mail servers write them.</summary>
public sealed class BounceTests : IAsyncLifetime
{
    private LetterFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await LetterFixture.StartAsync();

    public Task DisposeAsync() => _fixture.DisposeAsync().AsTask();

    /// <summary>A delivery report as Postfix writes it.</summary>
    private static string Bounce(string messageId, string action = "failed", string status = "5.1.1") =>
        $"""
            From: MAILER-DAEMON@mail.example.com
            To: ada@blog.test
            Subject: Undelivered Mail Returned to Sender
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

            --b1
            Content-Type: text/plain

            I'm sorry to have to inform you that your message could not be delivered.

            --b1
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mail.example.com

            Final-Recipient: rfc822; somebody@example.com
            Action: {action}
            Status: {status}

            --b1
            Content-Type: text/rfc822-headers

            From: ada@blog.test
            Message-ID: <{messageId}>
            Subject: A letter

            --b1--
            """.ReplaceLineEndings("\r\n");

    /// <summary>A complaint in the Abuse Reporting Format.</summary>
    private static string Complaint(string messageId) =>
        Bounce(messageId)
            .Replace("report-type=delivery-status", "report-type=feedback-report", StringComparison.Ordinal)
            .Replace("message/delivery-status", "message/feedback-report", StringComparison.Ordinal)
            .Replace("Reporting-MTA: dns; mail.example.com", "Feedback-Type: abuse", StringComparison.Ordinal);

    private BlobContainerClient Container => new(_fixture.Blog.Connection, StorageNames.Bounces);

    private Task PutAsync(string name, string mail) =>
        Container.UploadBlobAsync(name, BinaryData.FromBytes(Encoding.UTF8.GetBytes(mail)));

    private Task RunAsync() => _fixture.Blog.Get<ReadBounces>().RunAsync(CancellationToken.None);

    private async Task<Recipient?> RecipientAsync(string name) =>
        (await _fixture.Blog.Get<RecipientTable>().FindByMailAsync(_fixture.MailOf(name), default))?.Value;

    /// <summary>The Message-ID of a letter that the recipient got.</summary>
    private async Task<string> LetterToAsync(string name)
    {
        await _fixture.WriteAndConfirmAsync(name, $"A question of {name}?");
        return (await _fixture.MailsToAsync(name))[0].Header("Message-ID")!.Trim('<', '>');
    }

    [Fact]
    public async Task A_letter_that_cannot_be_delivered_ends_all_until_the_address_is_confirmed_again()
    {
        var id = await LetterToAsync("Grace");
        await PutAsync("2026/1.eml", Bounce(id));

        await RunAsync();

        var recipient = await RecipientAsync("Grace");
        Assert.Null(recipient!.Confirmed);
        Assert.NotNull(recipient.LastRefusal);
        Assert.Empty(await Container.GetBlobsAsync().ToListAsync());
    }

    [Fact]
    public async Task A_complaint_ends_all_for_good()
    {
        var id = await LetterToAsync("Grace");
        await PutAsync("1.eml", Complaint(id));

        await RunAsync();

        Assert.Null(await RecipientAsync("Grace"));
        Assert.True(await _fixture.Blog.Get<RecipientTable>().IsSuppressedAsync(_fixture.MailOf("Grace"), default));
    }

    [Fact]
    public async Task Three_temporary_failures_on_different_days_end_all()
    {
        var id = await LetterToAsync("Grace");
        for (var day = 1; day <= Recipient.MaxRefusals; day++)
        {
            Assert.NotNull((await RecipientAsync("Grace"))!.Confirmed);
            await PutAsync($"{day}.eml", Bounce(id, status: "4.4.7"));
            await RunAsync();
            var recipient = (await RecipientAsync("Grace"))!;
            await _fixture
                .Blog.Get<RecipientTable>()
                .ChangeAsync(
                    recipient.Id,
                    read => read with { LastRefusal = read.LastRefusal!.Value.AddDays(-1) },
                    default
                );
        }

        Assert.Null((await RecipientAsync("Grace"))!.Confirmed);
    }

    [Theory]
    [InlineData("delayed", "the recipient's")]
    [InlineData("failed", "forged")]
    [InlineData("failed", "none")]
    [InlineData("", "words")]
    [InlineData("", "binary")]
    [InlineData("", "empty")]
    public async Task Anything_else_changes_nothing_and_stays(string action, string kind)
    {
        var id = await LetterToAsync("Grace");
        var mail = kind switch
        {
            "forged" => Bounce($"reply-{Guid.NewGuid():N}@blog.test", action),
            "none" => Bounce("", action),
            "words" => "From: a@example.com\r\nSubject: Hello\r\n\r\nDear author",
            "binary" => new string('\0', 4096),
            "empty" => "",
            _ => Bounce(id, action, "4.4.7"),
        };
        await PutAsync("1.eml", mail);

        await RunAsync();
        await RunAsync();

        Assert.NotNull((await RecipientAsync("Grace"))!.Confirmed);
        Assert.Single(await Container.GetBlobsAsync().ToListAsync());
    }

    [Fact]
    public void A_report_of_hundreds_of_levels_or_recipients_is_read_in_bounded_time()
    {
        var deep = new StringBuilder("Content-Type: multipart/mixed; boundary=\"0\"\r\n\r\n");
        for (var level = 0; deep.Length < DeliveryReport.MaxBytes; level++)
        {
            deep.Append($"--{level}\r\nContent-Type: multipart/report; boundary=\"{level + 1}\"\r\n\r\n");
        }

        var wide = Bounce("x")
            .Replace(
                "Status: 5.1.1",
                "Status: 5.1.1\r\n" + string.Concat(Enumerable.Repeat("\r\nAction: delayed\r\n", 40_000)),
                StringComparison.Ordinal
            );

        Assert.Null(DeliveryReport.TryParse(Encoding.ASCII.GetBytes(deep.ToString())));
        Assert.Null(DeliveryReport.TryParse(Encoding.ASCII.GetBytes(wide)));
    }
}

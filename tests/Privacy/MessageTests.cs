using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Privacy;

/// <summary>Messages in queues hold keys only: no name, address or text.</summary>
public sealed class MessageTests
{
    private const string Name = "Canaria Finch";
    private const string Mail = "canary-7d1f@example.com";
    private const string Words = "Words of a canary.";

    [Fact]
    public async Task No_message_holds_a_name_an_address_or_a_text()
    {
        var messages = new MessageRecorder();
        await using var blog = await TestBlog.StartAsync(
            new()
            {
                ["Blog:Authors"] = $"{Name} <{Mail}>",
                ["Blog:Comments:MailMinutes"] = "10",
                ["Blog:Comments:Mail"] = "all",
            },
            compose: services => services.AddSingleton<HttpPipelinePolicy>(messages)
        );
        var post = await blog.PublishAsync("canary", Words, Words);
        var first = await CommentAsync(blog, post, Words, replyTo: null);
        await CommentAsync(blog, post, $"{Words} Again.", first.Number);
        foreach (var path in new[] { "/moderate", "/subscribe", "/privacy" })
        {
            using var response = await AdminDriver.SendAsync(
                blog,
                HttpMethod.Post,
                path,
                null,
                "http://blog.test",
                ("email", Mail)
            );
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await blog.Get<CommentModeration>()
            .DecideAsync(first.Key, CommentState.Spam, "by a test", CancellationToken.None);
        await blog.Get<CommentModeration>()
            .DecideAsync(first.Key, CommentState.Approved, "by a test", CancellationToken.None);

        // Every kind of message was sent, so that none is left out here.
        foreach (
            var beginning in new[]
            {
                "{\"subject\":\"/blobServices", // a file, a date, a changed post
                $"{post}", // a comment, a page
                "{\"Id\":", // a sign-in
                "approved:",
                AuthorMails.Message,
                "confirm-",
                "privacy-",
            }
        )
        {
            await TestBlog.WaitUntilAsync(
                () => Task.FromResult(messages.Texts),
                texts => texts.Any(text => text.StartsWith(beginning, StringComparison.Ordinal)),
                $"a message {beginning}"
            );
        }

        Assert.All(messages.Texts, text =>
        {
            Assert.DoesNotContain("canaria", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("7d1f", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("words of", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("@", text, StringComparison.Ordinal);
        });
    }

    private static async Task<Comment> CommentAsync(TestBlog blog, PostId post, string text, int? replyTo)
    {
        using var response = await blog.CommentAsync(post, text, Name, Mail, replyTo: replyTo, wantsReplies: true);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        var rows = blog.Get<CommentRows>();
        return (
            await TestBlog.WaitUntilAsync(
                async () =>
                    await rows.ReadByMailAsync(Mail, CancellationToken.None)
                        .FirstOrDefaultAsync(comment => comment.Text == text),
                comment => comment is { State: CommentState.Approved, Number: > 0 },
                "the comment is approved"
            )
        )!;
    }

    /// <summary>Records the texts of all messages that are sent.</summary>
    private sealed class MessageRecorder : HttpPipelinePolicy
    {
        private readonly ConcurrentQueue<string> _texts = [];

        public IReadOnlyCollection<string> Texts => _texts;

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException("The blog calls storage asynchronously.");

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (
                message.Request.Method == RequestMethod.Post
                && message.Request.Uri.ToUri().AbsolutePath.EndsWith("/messages", StringComparison.Ordinal)
            )
            {
                using var body = new MemoryStream();
                await message.Request.Content!.WriteToAsync(body, CancellationToken.None);
                body.Position = 0;
                var text = XElement.Load(body).Element("MessageText")!.Value;
                _texts.Enqueue(Encoding.UTF8.GetString(Convert.FromBase64String(text)));
            }

            await ProcessNextAsync(message, pipeline);
        }
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Comments;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Comments.Moderation;

public sealed class SignedLinksTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=~ %\0é";

    private static readonly Comment Comment = CommentBuilder.With();

    private readonly FakeTimeProvider _clock = new(Comment.Created);

    [Theory]
    [InlineData(LinkAction.Receipt)]
    [InlineData(LinkAction.Approve)]
    [InlineData(LinkAction.Spam)]
    public void A_link_names_its_action_and_its_comment(LinkAction wanted)
    {
        var links = Links();

        Assert.True(links.TryRead(links.Sign(wanted, Comment), out var action, out var key));
        Assert.Equal((wanted, Comment.Key), (action, key));
    }

    [Fact]
    public void A_link_is_deterministic_and_safe_in_a_url()
    {
        var token = Links().Sign(LinkAction.Approve, Comment);

        Assert.Equal(token, Links().Sign(LinkAction.Approve, Comment));
        Assert.Equal(token, Uri.EscapeDataString(token));
    }

    [Fact]
    public void A_link_with_any_character_changed_is_invalid()
    {
        var links = Links();
        var token = links.Sign(LinkAction.Approve, Comment);

        Assert.All(Enumerable.Range(0, token.Length), at =>
        {
            Assert.All(Alphabet.Where(other => other != token[at]), other =>
                Assert.False(links.TryRead(token[..at] + other + token[(at + 1)..], out _, out _))
            );
            Assert.False(links.TryRead(token.Remove(at, 1), out _, out _));
            Assert.False(links.TryRead(token.Insert(at, "A"), out _, out _));
            Assert.False(links.TryRead(token[..at], out _, out _));
        });
    }

    [Fact]
    public void The_action_of_a_link_cannot_be_exchanged()
    {
        var links = Links();
        var receipt = links.Sign(LinkAction.Receipt, Comment);

        Assert.StartsWith("Receipt.", receipt, StringComparison.Ordinal);
        Assert.False(links.TryRead(receipt.Replace("Receipt", "Approve", StringComparison.Ordinal), out _, out _));
        Assert.False(links.TryRead(receipt.Replace("Receipt", "1", StringComparison.Ordinal), out _, out _));
        Assert.False(
            links.TryRead(receipt.Replace("Receipt", "Receipt,Approve", StringComparison.Ordinal), out _, out _)
        );
    }

    [Fact]
    public void The_signature_of_one_comment_is_invalid_for_another()
    {
        var links = Links();
        var (one, other) = (
            links.Sign(LinkAction.Approve, Comment).Split('.'),
            links.Sign(LinkAction.Approve, CommentBuilder.With("Other words.")).Split('.')
        );

        Assert.False(links.TryRead(string.Join('.', other[0], other[1], other[2], one[3]), out _, out _));
    }

    [Fact]
    public void A_link_expires_30_days_after_its_comment_was_created()
    {
        var links = Links();
        var token = links.Sign(LinkAction.Approve, Comment);

        _clock.SetUtcNow(Comment.Created + SignedLinks.Lifetime - TimeSpan.FromSeconds(1));
        Assert.True(links.TryRead(token, out _, out _));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(links.TryRead(token, out _, out _));
    }

    [Fact]
    public void A_link_signed_with_another_secret_is_invalid() =>
        Assert.False(
            Links().TryRead(Links(secret: new string('t', 40)).Sign(LinkAction.Approve, Comment), out _, out _)
        );

    [Fact]
    public void A_link_signed_before_a_rotation_is_valid_while_the_previous_secret_is_set()
    {
        var (old, fresh) = (new string('o', 40), new string('f', 40));
        var before = Links(old).Sign(LinkAction.Approve, Comment);

        Assert.True(Links(fresh, previous: old).TryRead(before, out var action, out var key));
        Assert.Equal((LinkAction.Approve, Comment.Key), (action, key));
        Assert.False(Links(fresh).TryRead(before, out _, out _));
        Assert.False(Links(fresh, previous: new string('x', 40)).TryRead(before, out _, out _));
    }

    [Fact]
    public void After_a_rotation_links_are_signed_with_the_new_secret()
    {
        var (old, fresh) = (new string('o', 40), new string('f', 40));

        var after = Links(fresh, previous: old).Sign(LinkAction.Approve, Comment);

        Assert.Equal(Links(fresh).Sign(LinkAction.Approve, Comment), after);
        Assert.True(Links(fresh, previous: old).TryRead(after, out _, out _));
        Assert.False(Links(old).TryRead(after, out _, out _));
    }

    [Fact]
    public void Without_a_previous_secret_an_empty_one_is_not_accepted()
    {
        // Without the dot and the 24 characters of signature.
        var words = Links().Sign(LinkAction.Approve, Comment)[..^25];
        var mac = Base64Url.EncodeToString(
            HMACSHA256.HashData(Array.Empty<byte>(), Encoding.UTF8.GetBytes("comment-link." + words)).AsSpan(0, 18)
        );

        Assert.False(Links().TryRead($"{words}.{mac}", out _, out _));
    }

    [Fact]
    public void A_link_of_the_previous_secret_keeps_its_expiry()
    {
        var (old, fresh) = (new string('o', 40), new string('f', 40));
        var before = Links(old).Sign(LinkAction.Approve, Comment);

        _clock.Advance(SignedLinks.Lifetime);

        Assert.False(Links(fresh, previous: old).TryRead(before, out _, out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("....")]
    [InlineData("Approve")]
    [InlineData("Approve.x.1.")]
    [InlineData("\ud800.\udfff")]
    public void Other_texts_are_not_links(string? text) => Assert.False(Links().TryRead(text, out _, out _));

    [Fact]
    public void A_very_long_text_is_not_a_link() =>
        Assert.False(Links().TryRead(new string('.', 1_000_000), out _, out _));

    private SignedLinks Links(string? secret = null, string? previous = null) =>
        new(
            BlogSettings.Read(
                new ConfigurationBuilder()
                    .AddInMemoryCollection(
                        new Dictionary<string, string?>
                        {
                            ["Blog:BaseUrl"] = "https://blog.test",
                            ["Blog:Secret"] = secret ?? new string('s', 40),
                            ["Blog:PreviousSecret"] = previous,
                        }
                    )
                    .Build()
            ),
            _clock
        );
}

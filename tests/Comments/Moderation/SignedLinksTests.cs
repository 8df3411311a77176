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
    public void A_link_says_its_act_and_its_comment(LinkAction wanted)
    {
        var links = Links();

        Assert.True(links.TryRead(links.Sign(wanted, Comment), out var action, out var key));
        Assert.Equal((wanted, Comment.Key), (action, key));
    }

    [Fact]
    public void A_link_is_the_same_each_time_and_safe_in_an_address()
    {
        var token = Links().Sign(LinkAction.Approve, Comment);

        Assert.Equal(token, Links().Sign(LinkAction.Approve, Comment));
        Assert.Equal(token, Uri.EscapeDataString(token));
    }

    [Fact]
    public void Changed_in_any_character_a_link_is_none()
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
    public void The_act_of_a_link_cannot_be_exchanged()
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
    public void The_signature_of_one_comment_is_not_good_for_another()
    {
        var links = Links();
        var (one, other) = (
            links.Sign(LinkAction.Approve, Comment).Split('.'),
            links.Sign(LinkAction.Approve, CommentBuilder.With("Other words.")).Split('.')
        );

        Assert.False(links.TryRead(string.Join('.', other[0], other[1], other[2], one[3]), out _, out _));
    }

    [Fact]
    public void A_link_ends_30_days_after_its_comment_came()
    {
        var links = Links();
        var token = links.Sign(LinkAction.Approve, Comment);

        _clock.SetUtcNow(Comment.Created + SignedLinks.Lifetime - TimeSpan.FromSeconds(1));
        Assert.True(links.TryRead(token, out _, out _));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(links.TryRead(token, out _, out _));
    }

    [Fact]
    public void A_link_of_another_secret_is_none() =>
        Assert.False(
            Links().TryRead(Links(secret: new string('t', 40)).Sign(LinkAction.Approve, Comment), out _, out _)
        );

    [Fact]
    public void A_link_made_before_the_secret_changed_works_as_long_as_the_old_one_is_named()
    {
        var (old, fresh) = (new string('o', 40), new string('f', 40));
        var before = Links(old).Sign(LinkAction.Approve, Comment);

        Assert.True(Links(fresh, previous: old).TryRead(before, out var action, out var key));
        Assert.Equal((LinkAction.Approve, Comment.Key), (action, key));
        Assert.False(Links(fresh).TryRead(before, out _, out _));
        Assert.False(Links(fresh, previous: new string('x', 40)).TryRead(before, out _, out _));
    }

    [Fact]
    public void After_the_secret_changed_links_are_signed_with_the_new_one()
    {
        var (old, fresh) = (new string('o', 40), new string('f', 40));

        var after = Links(fresh, previous: old).Sign(LinkAction.Approve, Comment);

        Assert.Equal(Links(fresh).Sign(LinkAction.Approve, Comment), after);
        Assert.True(Links(fresh, previous: old).TryRead(after, out _, out _));
        Assert.False(Links(old).TryRead(after, out _, out _));
    }

    [Fact]
    public void Where_no_old_secret_is_named_an_empty_one_signs_nothing()
    {
        var words = Links().Sign(LinkAction.Approve, Comment)[..^25]; // a dot and 24 characters of signature
        var mac = Base64Url.EncodeToString(
            HMACSHA256.HashData(Array.Empty<byte>(), Encoding.UTF8.GetBytes("comment-link." + words)).AsSpan(0, 18)
        );

        Assert.False(Links().TryRead($"{words}.{mac}", out _, out _));
    }

    [Fact]
    public void A_link_of_the_old_secret_ends_when_it_would_have_ended()
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
    public void Anything_else_is_none(string? text) => Assert.False(Links().TryRead(text, out _, out _));

    [Fact]
    public void However_long_it_is() => Assert.False(Links().TryRead(new string('.', 1_000_000), out _, out _));

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

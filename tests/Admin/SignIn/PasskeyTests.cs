using System.Net;
using System.Security.Cryptography;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Admin.SignIn;

/// <summary>Adding passkeys and signing in with them, over HTTP, with an authenticator in software.</summary>
public sealed class PasskeyTests
{
    private const string SessionsPath = "/moderate/sessions/all";
    private const string SignInPath = "/moderate/passkey/sign-in";
    private const string Failed = "The passkey did not work. Open the page again, or use a link by mail.";

    private static readonly DateTimeOffset Start = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What makes an answer wrong, by name.</summary>
    private static readonly Dictionary<string, Action<SoftPasskey>> Falsified = new()
    {
        ["another purpose"] = passkey => passkey.Type = "payment.get",
        ["the page of another site"] = passkey => passkey.Origin = "https://evil.example",
        ["a frame of another site"] = passkey => passkey.IsCrossOrigin = true,
        ["a passkey for another site"] = passkey => passkey.Site = "evil.example",
        ["nobody was there"] = passkey => passkey.Flags = 0x04,
        ["a user who was not verified"] = passkey => passkey.Flags = 0x01,
    };

    public static TheoryData<string> FalsifiedParts => [.. Falsified.Keys];

    [Fact]
    public async Task A_moderator_adds_a_passkey_signs_in_with_it_and_removes_it()
    {
        var clock = new FakeTimeProvider(Start);
        await using var blog = await StartAsync(clock);
        using var passkey = new SoftPasskey();
        var ada = await AdminDriver.SignInAsync(blog);

        var added = Parse(await ada.SubmitAsync(SessionsPath, passkey.Create(await ChallengeAsync(ada))));
        Assert.Equal(["The passkey is added."], added.Words(".receipt"));
        Assert.Equal(["Added on November 29, 2026"], added.Words("h2 ~ .sessions .byline"));
        Assert.Equal(passkey.Id, added.QuerySelector("form.passkey")!.GetAttribute("data-known"));

        clock.Advance(TimeSpan.FromDays(1));
        var again = await SignInAsync(blog, passkey);
        var page = Parse(await again!.ReadAsync(SessionsPath));
        Assert.Equal(["Signed in as Ada."], page.Words("h1 + p"));
        Assert.Equal(
            ["Added on November 29, 2026, last used on November 30, 2026"],
            page.Words("h2 ~ .sessions .byline")
        );

        var removed = Parse(await again.SubmitAsync(SessionsPath, ("remove", passkey.Id)));
        Assert.StartsWith("The passkey is removed here.", removed.Words(".receipt").Single(), StringComparison.Ordinal);
        Assert.Empty(removed.Words("h2 ~ .sessions li"));
        Assert.Null(await SignInAsync(blog, passkey));
    }

    [Theory]
    [MemberData(nameof(FalsifiedParts))]
    public async Task An_answer_with_a_wrong_part_neither_adds_a_passkey_nor_signs_in(string part)
    {
        await using var blog = await StartAsync();
        using var passkey = new SoftPasskey();
        var ada = await AdminDriver.SignInAsync(blog);
        Falsified[part](passkey);
        Assert.Equal([Failed], await AddAsync(ada, passkey));

        using var good = new SoftPasskey();
        Assert.Equal(["The passkey is added."], await AddAsync(ada, good));
        Falsified[part](good);

        Assert.Null(await SignInAsync(blog, good));
    }

    [Fact]
    public async Task A_challenge_works_once_for_its_purpose_and_session_and_for_15_minutes()
    {
        var clock = new FakeTimeProvider(Start);
        await using var blog = await StartAsync(clock);
        using var passkey = new SoftPasskey();
        var (ada, other) = (await AdminDriver.SignInAsync(blog), await AdminDriver.SignInAsync(blog));

        async Task<string?> AddWithAsync(string challenge) =>
            Parse(await ada.SubmitAsync(SessionsPath, passkey.Create(challenge))).Words(".receipt").Single();

        var (old, late) = (await ChallengeAsync(ada), await SignInChallengeAsync(blog));
        Assert.Equal(Failed, await AddWithAsync(await ChallengeAsync(other)));
        Assert.Equal(Failed, await AddWithAsync(await SignInChallengeAsync(blog)));
        Assert.Equal(Failed, await AddWithAsync("no challenge"));
        clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(Failed, await AddWithAsync(old));
        Assert.Equal("The passkey is added.", await AddWithAsync(await ChallengeAsync(ada)));
        Assert.Equal(Failed, await AddWithAsync(await ChallengeAsync(ada))); // is there already

        var challenge = await SignInChallengeAsync(blog);
        Assert.Null(await SignInAsync(blog, passkey, late));
        Assert.Null(await SignInAsync(blog, passkey, await ChallengeAsync(ada)));
        Assert.NotNull(await SignInAsync(blog, passkey, challenge));
        Assert.Null(await SignInAsync(blog, passkey, challenge));
    }

    [Fact]
    public async Task A_passkey_signs_in_only_whom_it_is_of_and_only_with_its_own_signature()
    {
        await using var blog = await StartAsync();
        using var passkey = new SoftPasskey();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await AddAsync(await AdminDriver.SignInAsync(blog), passkey);
        var challenge = await SignInChallengeAsync(blog);

        (string Name, string Value)[][] wrong =
        [
            passkey.Get(challenge, IdOf(blog, "bob@blog.test")),
            passkey.Get(challenge, "0000000000000000"),
            passkey.Get(challenge, "../x"),
            passkey.Get(challenge, IdOf(blog, "ada@blog.test"), _ => []),
            passkey.Get(challenge, IdOf(blog, "ada@blog.test"), signed => signed),
            passkey.Get(challenge, IdOf(blog, "ada@blog.test"), signed =>
                stranger.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            ),
            [("id", "!"), ("client", "%"), ("authenticator", ""), ("signature", "a"), ("key", ""), ("author", "")],
            [.. passkey.Get(challenge, IdOf(blog, "ada@blog.test")).Select(Emptied("client"))],
            [.. passkey.Get(challenge, IdOf(blog, "ada@blog.test")).Select(Emptied("authenticator"))],
            [],
        ];

        foreach (var fields in wrong)
        {
            using var response = await AdminDriver.SendAsync(blog, HttpMethod.Post, SignInPath, null, fields: fields);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.False(response.Headers.Contains("Set-Cookie"));
            Assert.Contains(Failed, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var foreign = await AdminDriver.SendAsync(
            blog,
            HttpMethod.Post,
            SignInPath,
            null,
            "https://evil.example",
            passkey.Get(challenge, IdOf(blog, "ada@blog.test"))
        );
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.NotNull(await SignInAsync(blog, passkey, challenge)); // none of these has used it up
    }

    [Fact]
    public async Task A_counter_that_does_not_go_up_is_refused_and_no_counter_is_accepted()
    {
        await using var blog = await StartAsync();
        using var passkey = new SoftPasskey { Counter = 7 };
        await AddAsync(await AdminDriver.SignInAsync(blog), passkey);

        Assert.Null(await SignInAsync(blog, passkey));
        passkey.Counter = 8;
        Assert.NotNull(await SignInAsync(blog, passkey));
        Assert.Null(await SignInAsync(blog, passkey));
        passkey.Counter = 0;
        Assert.Null(await SignInAsync(blog, passkey));
        passkey.Counter = uint.MaxValue;
        Assert.NotNull(await SignInAsync(blog, passkey));
    }

    [Fact]
    public async Task Keys_are_of_the_curve_P_256_or_RSA_of_2048_bits_and_more()
    {
        await using var blog = await StartAsync();
        var ada = await AdminDriver.SignInAsync(blog);
        using var otherCurve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var weak = RSA.Create(1024);
        using var rsa = RSA.Create(2048);
        foreach (
            var key in (byte[][])
                [
                    otherCurve.ExportSubjectPublicKeyInfo(),
                    weak.ExportSubjectPublicKeyInfo(),
                    [.. rsa.ExportSubjectPublicKeyInfo(), 0],
                    "no key"u8.ToArray(),
                ]
        )
        {
            using var refused = new SoftPasskey { PublicKey = key };
            Assert.Equal([Failed], await AddAsync(ada, refused));
        }

        using var windows = new SoftPasskey { PublicKey = rsa.ExportSubjectPublicKeyInfo() };
        Assert.Equal(["The passkey is added."], await AddAsync(ada, windows));
        Assert.NotNull(
            await SignInAsync(blog, windows, sign: signed =>
                rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            )
        );
        Assert.Null(await SignInAsync(blog, windows)); // signed with another key
    }

    [Fact]
    public async Task A_removed_author_has_no_passkeys_and_an_author_has_at_most_20()
    {
        await using var blog = await StartAsync();
        var ada = await AdminDriver.SignInAsync(blog);
        using var passkey = new SoftPasskey();
        await AddAsync(ada, passkey);
        for (var count = 1; count < PasskeyTable.MaxPasskeys; count++)
        {
            using var more = new SoftPasskey();
            Assert.Equal(["The passkey is added."], await AddAsync(ada, more));
        }

        using var tooMany = new SoftPasskey();
        Assert.Equal([Failed], await AddAsync(ada, tooMany));
        await using var without = await TestBlog.StartAsync(
            new() { ["Blog:Authors"] = "Bob <bob@blog.test>" },
            connection: blog.Connection,
            options: TestBlog.IdleHostOptions
        );
        var fields = passkey.Get(await SignInChallengeAsync(without), IdOf(blog, "ada@blog.test"));
        using var response = await AdminDriver.SendAsync(without, HttpMethod.Post, SignInPath, null, fields: fields);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static Task<TestBlog> StartAsync(TimeProvider? clock = null) =>
        TestBlog.StartAsync(
            new() { ["Blog:Authors"] = "Ada <ada@blog.test>; Bob <bob@blog.test>" },
            clock,
            options: TestBlog.IdleHostOptions
        );

    private static async Task<string> ChallengeAsync(AdminDriver moderator) =>
        Parse(await moderator.ReadAsync(SessionsPath)).QuerySelector("form.passkey")!.GetAttribute("data-challenge")!;

    private static async Task<string> SignInChallengeAsync(TestBlog blog) =>
        (await blog.OpenAsync("/moderate")).QuerySelector("form.passkey")!.GetAttribute("data-challenge")!;

    private static async Task<IEnumerable<string>> AddAsync(AdminDriver moderator, SoftPasskey passkey) =>
        Parse(await moderator.SubmitAsync(SessionsPath, passkey.Create(await ChallengeAsync(moderator))))
            .Words(".receipt");

    /// <summary>Signs Ada in. Null when it was refused.</summary>
    private static async Task<AdminDriver?> SignInAsync(
        TestBlog blog,
        SoftPasskey passkey,
        string? challenge = null,
        Func<byte[], byte[]>? sign = null
    )
    {
        var fields = passkey.Get(challenge ?? await SignInChallengeAsync(blog), IdOf(blog, "ada@blog.test"), sign);
        using var response = await AdminDriver.SendAsync(blog, HttpMethod.Post, SignInPath, null, fields: fields);
        return response.StatusCode == HttpStatusCode.SeeOther
            ? new AdminDriver(blog, response.Headers.GetValues("Set-Cookie").Single().Split(';')[0])
            : null;
    }

    private static Func<(string Name, string Value), (string Name, string Value)> Emptied(string name) =>
        field => field.Name == name ? (name, "") : field;

    private static string IdOf(TestBlog blog, string mail) =>
        Moderators.ComputeId(blog.Get<Moderators>().FindByEmail(mail)!);

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}

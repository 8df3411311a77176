using System.Text.RegularExpressions;
using ServerlessBlog.Notifications;

namespace ServerlessBlog.Tests.Notifications;

public sealed partial class PlainTextTests
{
    private static readonly string[] Pieces =
    [
        "http",
        "https",
        "HTTPS",
        "ftp",
        "mailto",
        "MailTo",
        "javascript",
        "tel",
        "www",
        "WWW",
        ":",
        "://",
        "//",
        "/",
        ".",
        "..",
        "@",
        "\\",
        "\\\\",
        "example",
        "com",
        "a",
        "Z",
        "0",
        "9",
        "_",
        "-",
        "+",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\u000B",
        "\0",
        "\u001B",
        "é",
        "e\u0301",
        "ß",
        "Я",
        "中",
        "。",
        "．",
        "｡",
        "＠",
        "﹫",
        "：",
        "💩",
        "❤\uFE0F",
        "\uD800",
        "\uDC00",
        "\u00AD",
        "\u200B",
        "\u200C",
        "\u200D",
        "\u200E",
        "\u202A",
        "\u202E",
        "\u2066",
        "\u2069",
        "\u2060",
        "\uFEFF",
        "\u2028",
        "\u0085",
        "٣",
        "\uE000",
        "[",
        "]",
        "[.]",
        "(",
        ")",
        "<",
        ">",
        "?",
        "#",
        "%",
    ];

    [Theory]
    [InlineData("see https://evil.example/a?b=c", "see https[:]//evil[.]example/a?b=c")]
    [InlineData("write me@evil.example!", "write me[at]evil[.]example!")]
    [InlineData("WWW.evil.example", "WWW[.]evil[.]example")]
    [InlineData("www.", "www[.]")]
    [InlineData("mailto:x mailto: y", "mailto[:]x mailto[:] y")]
    [InlineData("javascript:alert(1) tel:0123", "javascript[:]alert(1) tel[:]0123")]
    [InlineData("evil.example:8080 10.0.0.1", "evil[.]example[:]8080 10[.]0[.]0[.]1")]
    [InlineData(@"\\server\share", @"\[\]server\share")]
    [InlineData("пример.рф 中文.中国 i❤.ws", "пример[.]рф 中文[.]中国 i❤[.]ws")]
    [InlineData("evil。example evil．example", "evil[.]example evil[.]example")]
    [InlineData("evil.\u200Bexample evil\u00AD.example", "evil[.]example evil[.]example")]
    public void What_looks_like_a_link_is_still_read_but_no_longer_one(string text, string expected) =>
        Assert.Equal(expected, PlainText.Defang(text));

    [Theory]
    [InlineData("Hello. It is 12:30: time to go... (Well.) \"Yes.\"")]
    [InlineData("你好。世界。")]
    [InlineData("می‌خواهم 👩‍👩‍👧 a/b 50% [x] \tC# .NET\n\n> quoted")]
    public void What_does_not_look_like_a_link_stays(string text) => Assert.Equal(text, PlainText.Defang(text));

    [Theory]
    [InlineData("a\u202Eb\u2066c\u2069d", "abcd")]
    [InlineData("a\0b\u001B[31mc\u007F", "ab[31mc")]
    [InlineData("a\r\nb\rc\u2028d", "a\nb\nc\nd")]
    public void What_nobody_sees_is_gone(string text, string expected) =>
        Assert.Equal(expected, PlainText.Defang(text));

    [Fact]
    public void Half_a_character_does_not_keep_a_notice_from_being_kept() =>
        Assert.Equal("half \uFFFD of it", PlainText.Defang("half \uD83D of it"));

    [Fact]
    public void Nothing_that_can_be_put_together_comes_out_as_a_link()
    {
        var random = new Random(20260301);
        for (var round = 0; round < 50_000; round++)
        {
            var text = string.Concat(
                Enumerable.Range(0, random.Next(1, 12)).Select(_ => Pieces[random.Next(Pieces.Length)])
            );

            var harmless = PlainText.Defang(text);

            Assert.DoesNotMatch(Live(), harmless);
            Assert.Equal(harmless, PlainText.Defang(harmless));
            Assert.True(harmless.Length <= text.Length * PlainText.MaxGrowth, $"It grew too much: {text}");
        }
    }

    [Fact]
    public void The_longest_comment_fits_into_a_notice()
    {
        var text = PlainText.Defang(new string('@', 4_000));

        Assert.Equal(16_000, NotificationSamples.Notice(text: text).Text.Length);
    }

    [Theory]
    [InlineData("a\r\nBcc: x@example.com", 100, "a Bcc: x@example.com")]
    [InlineData("  a \t b\u0085c\u2028d  ", 100, "a b c d")]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abcde…")]
    [InlineData("abcd💩💩", 6, "abcd…")]
    public void A_line_is_one_and_no_longer_than_allowed(string text, int most, string expected) =>
        Assert.Equal(expected, PlainText.OneLine(text, most));

    [GeneratedRegex(
        @"://|@|www\.|\w\.\w|mailto:|\p{L}:\S|\\\\|[\p{Cc}-[\n\t]]|[\u202A-\u202E\u2066-\u2069]",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Live();
}

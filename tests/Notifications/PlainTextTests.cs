using System.Text.RegularExpressions;
using ServerlessBlog.Notifications;

namespace ServerlessBlog.Tests.Notifications;

public sealed partial class PlainTextTests
{
    private static readonly string[] Fragments =
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
    public void Text_that_mail_programs_would_link_is_defanged_and_stays_legible(string text, string expected) =>
        Assert.Equal(expected, PlainText.Defang(text));

    [Theory]
    [InlineData("Hello. It is 12:30: time to go... (Well.) \"Yes.\"")]
    [InlineData("你好。世界。")]
    [InlineData("می‌خواهم 👩‍👩‍👧 a/b 50% [x] \tC# .NET\n\n> quoted")]
    public void Ordinary_text_stays_as_it_is(string text) => Assert.Equal(text, PlainText.Defang(text));

    [Theory]
    [InlineData("a\u202Eb\u2066c\u2069d", "abcd")]
    [InlineData("a\0b\u001B[31mc\u007F", "ab[31mc")]
    [InlineData("a\r\nb\rc\u2028d", "a\nb\nc\nd")]
    public void Invisible_control_characters_are_removed(string text, string expected) =>
        Assert.Equal(expected, PlainText.Defang(text));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced_so_that_the_text_can_be_stored() =>
        Assert.Equal("half \uFFFD of it", PlainText.Defang("half \uD83D of it"));

    [Fact]
    public void No_random_combination_of_fragments_is_left_as_a_link()
    {
        var random = new Random(20260301);
        for (var round = 0; round < 50_000; round++)
        {
            var text = string.Concat(
                Enumerable.Range(0, random.Next(1, 12)).Select(_ => Fragments[random.Next(Fragments.Length)])
            );

            var defanged = PlainText.Defang(text);

            Assert.DoesNotMatch(ActiveLink(), defanged);
            Assert.Equal(defanged, PlainText.Defang(defanged));
            Assert.True(defanged.Length <= text.Length * PlainText.MaxGrowth, $"It grew too much: {text}");
        }
    }

    [Fact]
    public void The_longest_comment_fits_into_a_notification()
    {
        var text = PlainText.Defang(new string('@', 4_000));

        Assert.Equal(16_000, NotificationSamples.Create(text: text).Text.Length);
    }

    [Theory]
    [InlineData("a\r\nBcc: x@example.com", 100, "a Bcc: x@example.com")]
    [InlineData("  a \t b\u0085c\u2028d  ", 100, "a b c d")]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abcde…")]
    [InlineData("abcd💩💩", 6, "abcd…")]
    public void OneLine_returns_one_line_of_at_most_the_given_length(string text, int maxLength, string expected) =>
        Assert.Equal(expected, PlainText.OneLine(text, maxLength));

    [GeneratedRegex(
        @"://|@|www\.|\w\.\w|mailto:|\p{L}:\S|\\\\|[\p{Cc}-[\n\t]]|[\u202A-\u202E\u2066-\u2069]",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex ActiveLink();
}

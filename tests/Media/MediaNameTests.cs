using ServerlessBlog.Media;

namespace ServerlessBlog.Tests.Media;

public sealed class MediaNameTests
{
    [Theory]
    [InlineData("sea.jpg", "sea.jpg")]
    [InlineData("Côte d'Azur (2).JPEG", "cote-d-azur-2.jpeg")]
    [InlineData("C:\\Photos\\IMG_0001.PNG", "img-0001.png")]
    [InlineData("../../theme/theme.css", "theme.css")]
    [InlineData("archive.tar.gz", "archive-tar.gz")]
    [InlineData("日本.png", "日本.png")]
    [InlineData("Ku\u0308ste.jpg", "kuste.jpg")]
    [InlineData("❤️.png", "file.png")]
    [InlineData(".png", "file.png")]
    [InlineData("none", "none")]
    [InlineData("a.", "a")]
    [InlineData("", "file")]
    public void A_file_name_becomes_lower_case_letters_and_digits(string sent, string expected) =>
        Assert.Equal(expected, MediaName.FromFileName(sent).ToString());

    [Fact]
    public void A_long_name_is_shortened()
    {
        var name = MediaName.FromFileName($"{new string('a', 300)}.{new string('b', 300)}");

        Assert.Equal((80, 11), (name.Stem.Length, name.Ending.Length));
    }
}

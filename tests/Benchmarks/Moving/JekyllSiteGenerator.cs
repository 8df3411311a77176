using System.Globalization;

namespace ServerlessBlog.Benchmarks.Moving;

/// <summary>
/// Writes a site of Jekyll with posts of 3 KB and comments as files: names with capitals and dots, old addresses, tags,
/// Liquid, replies. The same numbers give the same site.
/// </summary>
internal sealed class JekyllSiteGenerator(string folder)
{
    private const int Years = 20;

    private static readonly string[] Words =
        "sea harbour wind night letter window river stone paper bread clock winter garden road train bridge".Split(' ');

    private readonly Random _random = new(1);

    /// <summary>The folder of the posts.</summary>
    public string Posts { get; } = Path.Combine(folder, "_posts");

    /// <summary>Writes the site.</summary>
    /// <param name="posts">The number of posts.</param>
    /// <param name="comments">The number of comments.</param>
    public void Write(int posts, int comments)
    {
        Directory.CreateDirectory(Posts);
        File.WriteAllText(
            Path.Combine(folder, "_config.yml"),
            "title: Generated\npermalink: /archive/:year/:month/:day/:title/\n"
        );
        for (var number = 0; number < posts; number++)
        {
            var date = new DateOnly(2004 + (number * Years / posts), (number % 12) + 1, (number % 28) + 1);
            var slug = $"Post_{number}.about-{Word()}";
            WritePost($"{date:yyyy-MM-dd}-{slug}", number);
            WriteComments(slug, date, number, (comments * (number + 1L) / posts) - (comments * (long)number / posts));
        }
    }

    private void WritePost(string name, int number)
    {
        var paragraphs = string.Join("\n\n", Enumerable.Range(0, 8).Select(_ => Sentence(60)));
        File.WriteAllText(
            Path.Combine(Posts, name + ".markdown"),
            $$"""
            ---
            title: {{Sentence(4)}}
            tags: [{{Word()}}, {{Word()}}]
            redirect_from: /old/{{number}}.aspx
            ---
            {{paragraphs}}

            {% highlight ruby %}
            puts {{number}}
            {% endhighlight %}

            [This post]({% post_url {{name}} %})

            """
        );
    }

    private void WriteComments(string slug, DateOnly date, int post, long count)
    {
        var key = slug.Replace('_', '-').Replace('.', '-').ToUpperInvariant();
        var thread = Directory.CreateDirectory(Path.Combine(folder, "_data", "comments", key)).FullName;
        for (var number = 0; number < count; number++)
        {
            var id = (post * 1000) + number;
            var reply = number % 8 == 7 ? $"replyToId: dsq-{id - 1}\n" : "";
            File.WriteAllText(
                Path.Combine(thread, $"{number}.yml"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"id: dsq-{id}\ndate: {date:yyyy-MM-dd}T10:{number % 60:D2}:00.1234567Z\nname: Reader {id % 3000}\n"
                ) + $"avatar: none\nmessage: '<p>{Sentence(40)}</p>'\n{reply}"
            );
        }
    }

    private string Word() => Words[_random.Next(Words.Length)];

    private string Sentence(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Word()));
}

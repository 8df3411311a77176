using System.Globalization;
using System.Text;

namespace ServerlessBlog.Benchmarks.Hugo;

/// <summary>
/// A hugo site: generated posts, the same on every run, and a theme with the elements of the blog's own post page.
/// </summary>
internal static class HugoSite
{
    private static readonly string[] Words = (
        "a page is made once and handed out like file the of to in that which who reads what nobody asked for "
        + "costs nothing but time goes on while "
        + "storage keeps every word author wrote comment moderation queue waits until function wakes "
        + "revision number changes when text does"
    ).Split(' ');

    private static readonly string[] Tags =
    [
        "writing",
        "azure",
        "csharp",
        "storage",
        "testing",
        "web",
        "queues",
        "markdown",
        "speed",
        "cost",
    ];

    private static readonly (string Language, string Code)[] Code =
    [
        (
            "csharp",
            "/// <summary>Reads text from outside.</summary>\n"
                + "public static bool TryParse(string? text, out Slug slug)\n{\n    slug = default;\n"
                + "    return text is { Length: > 0 and <= 80 } && IsWellFormed(text); // at most 80\n}\n\n"
                + "var name = $\"{first} {last}\";\nforeach (var post in posts.Where(post => post.IsPublic))\n{\n"
                + "    Console.WriteLine(post.Title);\n}\n"
        ),
        (
            "json",
            "{\n  \"name\": \"blog\",\n  \"version\": 2,\n  \"tags\": [\"a\", \"b\", null],\n"
                + "  \"nested\": { \"isPublic\": true, \"size\": 12.5 }\n}\n"
        ),
        (
            "bash",
            "#!/bin/sh\nset -e\nfor file in posts/*.md; do\n  echo \"Uploading $file\" # one by one\n"
                + "  dotnet run --project functions -- upload \"$file\"\ndone\n"
        ),
        (
            "python",
            "def render(posts, theme=None):\n    \"\"\"Makes pages of posts.\"\"\"\n"
                + "    for number, post in enumerate(posts):\n        if post.draft:\n            continue  # not yet\n"
                + "        yield f\"{number}: {post.title}\", theme or 'plain'\n"
        ),
        (
            "yaml",
            "# what CI does\non:\n  push:\n    branches: [main]\njobs:\n  test:\n    runs-on: ubuntu-latest\n"
                + "    steps:\n      - run: dotnet test\n"
        ),
        (
            "go",
            "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfor i := 0; i < 10; i++ {\n"
                + "\t\tfmt.Println(\"page\", i) // each\n\t}\n}\n"
        ),
    ];

    /// <summary>Writes the site. Returns the total size of the posts in bytes.</summary>
    public static long Write(string folder, int posts)
    {
        var content = Directory.CreateDirectory(Path.Combine(folder, "content", "posts")).FullName;
        var layouts = Directory.CreateDirectory(Path.Combine(folder, "layouts", "_default")).FullName;
        File.WriteAllText(Path.Combine(folder, "hugo.toml"), Configuration);
        File.WriteAllText(Path.Combine(layouts, "single.html"), Layout);
        var bytes = 0L;
        for (var number = 1; number <= posts; number++)
        {
            var post = Encoding.UTF8.GetBytes(PostOf(number));
            File.WriteAllBytes(Path.Combine(content, $"post-{number:0000}.md"), post);
            bytes += post.Length;
        }

        return bytes;
    }

    /// <summary>
    /// Checks that both programs wrote every page, and that the first has highlighted code, a table and a footnote.
    /// </summary>
    /// <exception cref="InvalidOperationException">One did not, so that its time is meaningless.</exception>
    public static void Check(string own, string hugos, int posts)
    {
        foreach (
            var page in new[] { Path.Combine(own, "post-0001.html"), Path.Combine(hugos, "post-0001", "index.html") }
        )
        {
            var html = File.ReadAllText(page);
            string[] needed = ["</html>", "<table", "<span class=\"", "<nav", "<form", "article:tag", "footnote-ref"];
            if (needed.FirstOrDefault(part => !html.Contains(part, StringComparison.Ordinal)) is { } missing)
            {
                throw new InvalidOperationException($"{page} lacks {missing}.");
            }
        }

        if (Directory.GetFiles(own).Length != posts || Directory.GetDirectories(hugos).Length != posts)
        {
            throw new InvalidOperationException("Not every post became a page.");
        }
    }

    private static string PostOf(int number)
    {
        var dice = new Dice(number);
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"---\ntitle: \"{Sentence(dice, 5).TrimEnd('.')} {number}\"\n"
                + $"date: {new DateTime(2020, 1, 1).AddDays(number):yyyy-MM-dd}\n"
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"tags: [{Tags[dice.Next(5)]}, {Tags[5 + dice.Next(5)]}]\n"
                + $"summary: {Sentence(dice, 12)}\n---\n{Paragraph(dice, 2)}"
        );
        var sections = 4 + dice.Next(4);
        for (var section = 1; section <= sections; section++)
        {
            var (language, code) = Code[(number + section) % Code.Length];
            text.Append(
                CultureInfo.InvariantCulture,
                $"## {Sentence(dice, 4).TrimEnd('.')}\n\n{Paragraph(dice, 2 + dice.Next(3))}"
            );
            text.Append(
                (section % 3) switch
                {
                    0 => "| What | How often | Cost |\n|:-----|:---------:|-----:|\n"
                        + string.Concat(Enumerable.Range(0, 5).Select(_ => TableRow(dice)))
                        + "\n",
                    1 => $"```{language}\n{code}```\n\n{Paragraph(dice, 3)}",
                    _ => string.Concat(Enumerable.Range(0, 4).Select(_ => $"- {Sentence(dice, 7)}\n"))
                        + $"\n> {Sentence(dice, 14)}\n\n### {Sentence(dice, 3).TrimEnd('.')}\n\n{Paragraph(dice, 2)}",
                }
            );
        }

        return text.Append(CultureInfo.InvariantCulture, $"Last words[^1].\n\n[^1]: {Sentence(dice, 9)}\n").ToString();
    }

    private static string TableRow(Dice dice) => $"| {Sentence(dice, 3)} | `{dice.Next(90)}` | {dice.Next(900)} |\n";

    private static string Paragraph(Dice dice, int sentences) =>
        string.Concat(
            Enumerable
                .Range(0, sentences)
                .Select(index =>
                    (dice.Next(4) + index) switch
                    {
                        0 => $"{Sentence(dice, 6)} See [{Sentence(dice, 2).TrimEnd('.')}]"
                            + $"(https://example.com/{dice.Next(1000)}) for more.\n",
                        1 => $"A *{Words[dice.Next(Words.Length)]}* and **{Words[dice.Next(Words.Length)]}** are "
                            + $"{Sentence(dice, 8)}\n",
                        2 => $"Call `{Words[dice.Next(Words.Length)]}()` when {Sentence(dice, 9)}\n",
                        _ => $"{Sentence(dice, 16)}\n",
                    }
                )
        ) + "\n";

    private static string Sentence(Dice dice, int words) =>
        string.Join(
            ' ',
            Enumerable
                .Range(0, words)
                .Select(index =>
                    Words[dice.Next(Words.Length)] is var word && index == 0
                        ? char.ToUpperInvariant(word[0]) + word[1..]
                        : word
                )
        ) + ".";

    /// <summary>
    /// A linear congruential generator, which yields the same numbers on every platform
    /// (https://en.wikipedia.org/wiki/Linear_congruential_generator).
    /// </summary>
    private sealed class Dice(int seed)
    {
        private uint _state = (uint)seed;

        public int Next(int below)
        {
            _state = (_state * 1_664_525) + 1_013_904_223;
            return (int)((_state >> 8) % (uint)below);
        }
    }

    private const string Configuration = """
        baseURL = "https://blog.example.com/"
        title = "Measured"
        disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404", "home", "section"]
        [markup.goldmark.renderer]
        unsafe = true
        [markup.highlight]
        noClasses = false
        """;

    private const string Layout = """
        <!DOCTYPE html>
        <html lang="en" id="top">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{ .Title }} – {{ .Site.Title }}</title>
        <meta name="description" content="{{ .Params.summary }}">
        <link rel="canonical" href="{{ .Permalink }}">
        <meta property="og:url" content="{{ .Permalink }}">
        <meta property="og:title" content="{{ .Title }}">
        <meta property="og:site_name" content="{{ .Site.Title }}">
        <meta property="og:type" content="article">
        <meta property="og:description" content="{{ .Params.summary }}">
        <meta property="article:published_time" content="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">
        <meta property="article:modified_time" content="{{ .Lastmod.Format "2006-01-02T15:04:05Z07:00" }}">
        {{ range .Params.tags }}<meta property="article:tag" content="{{ . }}">
        {{ end }}<link rel="alternate" type="application/rss+xml" title="{{ .Site.Title }}" href="/feed.xml">
        <link rel="stylesheet" href="/style.css">
        <script src="/blog.js" defer></script>
        </head>
        <body>
        <a class="skip" href="#main-content">Skip to content</a>
        <header class="site-header"><p class="blog-title"><a href="/">{{ .Site.Title }}</a></p></header>
        <main id="main-content" tabindex="-1">
        <nav class="breadcrumb" aria-label="Breadcrumb"><a href="/">Home</a> » <a href="/">Blog</a> » {{/*
        */}}<a href="{{ .RelPermalink }}" aria-current="page">{{ .Title }}</a></nav>
        <article class="post">
        <header><h1>{{ .Title }}</h1>
        <p class="byline"><time datetime="{{ .Date.Format "2006-01-02" }}">{{/*
        */}}{{ .Date.Format "2 January 2006" }}</time> by <span class="author">Ada</span> · {{/*
        */}}{{ .ReadingTime }} min read</p></header>
        <nav class="contents" aria-label="Contents">{{ .TableOfContents }}</nav>
        <div class="prose">{{ .Content }}</div>
        <ul class="tags" aria-label="Tags">{{ range .Params.tags }}{{/*
        */}}<li><a href="/tags/{{ . | urlize }}" rel="tag">{{ . }}</a></li>{{ end }}</ul>
        </article>
        <section id="comments" aria-labelledby="comments-heading"><h2 id="comments-heading">Comments</h2>
        <form id="leave-a-comment" class="comment-form" method="post" action="/posts/{{ .File.UniqueID }}/comments">
        <h2>Leave a comment</h2>
        {{ range slice "name" "email" "website" "comment" }}{{/*
        */}}<div class="field"><label for="your-{{ . }}">{{ . | title }}</label>{{/*
        */}}<input id="your-{{ . }}" name="{{ . }}" autocomplete="on"></div>
        {{ end }}<p><button type="submit">Send comment</button></p></form></section>
        </main>
        <footer class="site-footer"><p><a href="/">{{ .Site.Title }}</a></p>{{/*
        */}}<p><a href="/archive">Archive</a> <a href="/tags">Tags</a> <a href="/feed.xml">Feed</a></p>{{/*
        */}}<p><a href="#top">Back to top</a></p></footer>
        </body>
        </html>
        """;
}

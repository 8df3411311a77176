namespace ServerlessBlog.Tests.Upgrade;

/// <summary>The author's files in the blog of the snapshots: one post of each kind, and a theme.</summary>
internal static class SnapshotFiles
{
    public const string Welcome = """
        ---
        title: Welcome aboard
        date: 2026-11-02
        tags: [Sailing, "C/C++"]
        aliases: [/2009/hello.html]
        pinned: true
        image: /media/harbour.jpg
        image_alt: A harbour at dusk
        image_credit: Drawn by a test, https://example.com/drawings
        toc: true
        summary: How it all began.
        ---
        ## First light

        We left at **dawn**.[^1] ![Our boat](/media/boat.png)

        ```csharp
        var knots = 7;
        ```

        ## What comes next

        | Day | Miles |
        |-----|-------|
        | 1   | 42    |

        [^1]: At six.
        """;

    public const string About = """
        ---
        title: About the crew
        type: page
        weight: 10
        ---
        Two people and a cat.
        """;

    public const string PartOne = """
        ---
        title: The crossing begins
        date: 2026-11-03
        tags: [Sailing]
        series: The crossing
        featured: true
        author: Grace of the crew
        ---
        Part one, with $E = mc^2$.
        """;

    public const string PartTwo = """
        ---
        title: The crossing ends
        date: 2026-11-04
        tags: [sailing, Night]
        series: The crossing
        ---
        Part two, as it was accepted.
        """;

    /// <summary>A second version of <see cref="PartTwo"/> that is refused, so that the first one stays.</summary>
    public const string PartTwoBroken = "---\ntitle: [Not closed\n---\nPart two, broken.\n";

    public const string MovedBefore = """
        ---
        title: A post that moved
        date: 2026-11-05
        slug: before
        outdated: 2026-11-10
        comments: false
        ---
        It has been somewhere else.
        """;

    public const string Withdrawn = """
        ---
        title: A post that was taken down
        date: 2026-11-06
        ---
        Nobody reads this any more.
        """;

    public const string Draft = """
        ---
        title: A draft of ours
        draft: true
        ---
        Not yet for anybody.
        """;

    public const string Scheduled = """
        ---
        title: A post for December
        date: 2026-12-01
        ---
        The first door is open.
        """;

    public const string Expiring = """
        ---
        title: A post for November
        date: 2026-11-07
        expiryDate: 2026-12-01
        lang: en-GB
        url: /logbook/november
        ---
        Only until the month is over.
        """;

    /// <summary>Uploaded while queues are not processed: its message waits in the queue.</summary>
    public const string Late = """
        ---
        title: A post that came late
        date: 2026-11-08
        ---
        Its message waited.
        """;

    /// <summary>The texts.json of the theme.</summary>
    public const string Texts = """{ "post.related": "More from the logbook" }""";

    public const string Style = ":root { --ours: seagreen }\n";

    public const string Head = "<meta name=\"logbook\" content=\"kept\">\n";

    /// <summary><see cref="MovedBefore"/> at its new address.</summary>
    public static string MovedAfter => MovedBefore.Replace("slug: before", "slug: after", StringComparison.Ordinal);
}

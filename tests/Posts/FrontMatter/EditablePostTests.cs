using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Tests.Posts.FrontMatter;

/// <summary>A post's file in the fields of the editor, and back.</summary>
public sealed class EditablePostTests
{
    private const string Yaml = """
        ---
        # The first one.
        title: "A: title"   # short
        layout: post
        tags:
          - words
          - "more words"
        publishDate: 2026-01-02 10:00

        # What others see.
        description: >
          Two lines
          of it.
        image:
          src: a.jpg
          alt: An A
        draft: true
        custom: {a: 1, b: [2, 3]}
        ---

        Words.

        """;

    private const string Toml = """
        +++
        title = 'A title'
        tags = [
          "words",
        ]
        # Of a theme.
        date = 2026-01-02T10:00:00Z
        [params]
        title = "another"
        +++
        Words.
        """;

    public static TheoryData<string> Files =>
        new(
            Yaml,
            Toml,
            "---\ntitle: A\n---\n",
            "---\ntitle: A\n---\nWords.",
            "\n---\ntitle: A\n...\n\n\n\nWords.\n\n",
            "---\ntitle:\n---\n",
            "---\n# nothing but this\n---\nWords.\n",
            "---\ntags: [a, 'b, c']\ntitle: |\n  A\n\n  B\n---\n",
            "---\ntitle: A\nmenu:\n- one\n- two\n---\n"
        );

    [Theory]
    [MemberData(nameof(Files))]
    public void Parts_that_are_not_changed_give_the_same_file(string file)
    {
        var post = EditablePost.TrySplit(file)!;

        Assert.Equal(file, EditablePost.Join(post.Head, post.Fields, post.Body));
    }

    [Fact]
    public void Yaml_is_shown_in_fields_with_all_that_the_program_does_not_know()
    {
        var post = EditablePost.TrySplit(Yaml)!;

        Assert.Equal(
            ("A: title", "words, more words", "2026-01-02 10:00", "Two lines of it.", "", true),
            (
                post.Fields.Title,
                post.Fields.Tags,
                post.Fields.Date,
                post.Fields.Summary,
                post.Fields.Picture,
                post.Fields.IsDraft
            )
        );
        Assert.Equal(
            """
            # The first one.
            layout: post
            # What others see.
            image:
              src: a.jpg
              alt: An A
            custom: {a: 1, b: [2, 3]}

            """,
            post.Fields.Others
        );
        Assert.Equal("Words.\n", post.Body);
    }

    [Fact]
    public void A_changed_field_changes_its_own_lines_only()
    {
        var post = EditablePost.TrySplit(Yaml)!;

        var joined = EditablePost.Join(
            post.Head,
            post.Fields with
            {
                Title = "New \"title\"",
                Tags = "more words, new: one",
                IsDraft = false,
            },
            post.Body
        );

        Assert.Equal(
            Yaml.Replace("title: \"A: title\"   # short", "title: \"New \\\"title\\\"\"", StringComparison.Ordinal)
                .Replace(
                    "tags:\n  - words\n  - \"more words\"",
                    "tags: [more words, \"new: one\"]",
                    StringComparison.Ordinal
                )
                .Replace("draft: true\n", "", StringComparison.Ordinal),
            joined
        );
    }

    [Fact]
    public void A_field_of_toml_stays_before_the_tables()
    {
        var post = EditablePost.TrySplit(Toml)!;

        var joined = EditablePost.Join(post.Head, post.Fields with { Summary = "Short.", IsDraft = true }, post.Body);

        Assert.Equal(
            Toml.Replace("[params]", "summary = \"Short.\"\ndraft = true\n[params]", StringComparison.Ordinal),
            joined
        );
        Assert.Equal("Short.", EditablePost.TrySplit(joined)!.Fields.Summary);
    }

    [Fact]
    public void A_new_post_has_the_fields_that_were_filled_in()
    {
        Assert.Equal(
            "---\ntitle: A title\ndate: 2026-11-29\nlayout: x\n---\n\nWords.\n",
            EditablePost.Join(
                "",
                new EditableFields
                {
                    Title = " A title ",
                    Date = "2026-11-29",
                    Others = "layout: x",
                },
                "Words.\n"
            )
        );
    }

    [Theory]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("2026")]
    [InlineData("- a")]
    [InlineData("# a")]
    [InlineData("a # b")]
    [InlineData("a: b")]
    [InlineData("\"quoted\" \\ and 'single'")]
    [InlineData("é 日本 🚂")]
    [InlineData("@ ` % & * ! | > { [")]
    [InlineData("No")]
    public void Every_text_comes_back_as_it_was_written(string text)
    {
        foreach (var head in new[] { "", "+++\nweight = 1\n+++\n" })
        {
            var joined = EditablePost.Join(
                head,
                (EditablePost.TrySplit(head)?.Fields ?? new EditableFields()) with
                {
                    Title = text,
                    Tags = text,
                    Summary = text,
                },
                ""
            );

            var fields = EditablePost.TrySplit(joined)!.Fields;
            Assert.Equal((text, text, text), (fields.Title, fields.Tags, fields.Summary));
        }
    }

    [Theory]
    [InlineData("No front matter.")]
    [InlineData("---\ntitle: [\n---\n")]
    [InlineData("---\n{title: A}\n---\n")]
    [InlineData("---\n\"title\": A\n---\n")]
    [InlineData("---\ntitle: A")]
    public void What_cannot_be_split_is_edited_as_a_whole(string file) => Assert.Null(EditablePost.TrySplit(file));

    [Fact]
    public void Changed_other_fields_replace_the_former_ones()
    {
        var post = EditablePost.TrySplit("---\nlayout: a # b\ntitle: A\n---\nWords.")!;

        Assert.Equal(
            "---\ntitle: A\nlayout: c\n# d\n---\nWords.",
            EditablePost.Join(post.Head, post.Fields with { Others = "layout: c\n# d\n" }, post.Body)
        );
    }
}

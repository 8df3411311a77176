using ServerlessBlog.Posts.Theme;

namespace ServerlessBlog.Tests.Posts.Theme;

/// <summary>theme/site.yml as fields and back.</summary>
public sealed class EditableSiteTests
{
    private const string File = """
        # What readers see first.
        tagline: 'Notes, kept: for later' # kept with its line

        mascot: a heron
        logo:
          picture: /media/logo.png
          alone: yes
        accent:
          light: "#8a3b12"
        social:
          # of the garden
          - name: A friend's garden
            url: https://garden.example/
          - { name: Mail, url: "mailto:ada@blog.test" }
        list: whole

        # The end.
        """;

    [Fact]
    public void Fields_show_what_the_file_says()
    {
        var site = Split(File);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["tagline"] = "Notes, kept: for later",
                ["description"] = "",
                ["logo"] = "/media/logo.png",
                ["logo-alone"] = "true",
                ["icon"] = "",
                ["language"] = "",
                ["security"] = "",
                ["posts_per_page"] = "",
                ["list"] = "true",
                ["feed"] = "",
                ["accent-light"] = "#8a3b12",
                ["accent-dark"] = "",
                ["social"] = "A friend's garden https://garden.example/\nMail mailto:ada@blog.test",
                ["footer"] = "",
            },
            EditableSite.Names.ToDictionary(name => name, name => site[name])
        );
    }

    [Fact]
    public void Fields_that_are_not_changed_leave_the_file_as_it_is() => Assert.Equal(File + "\n", Change());

    [Fact]
    public void A_changed_field_leaves_all_other_lines_as_they_are() =>
        Assert.Equal(
            File.Replace(
                "'Notes, kept: for later' # kept with its line",
                "\"Other \\\"notes\\\": here\"",
                StringComparison.Ordinal
            ) + "\n",
            Change(("tagline", " Other \"notes\": here "))
        );

    [Fact]
    public void Emptied_fields_are_taken_out_and_new_ones_added_at_the_end()
    {
        var file = Change(("logo", ""), ("logo-alone", ""), ("list", ""), ("posts_per_page", "20"), ("social", ""));

        Assert.Equal(
            """
            # What readers see first.
            tagline: 'Notes, kept: for later' # kept with its line

            mascot: a heron
            accent:
              light: "#8a3b12"

            # The end.
            posts_per_page: 20

            """,
            file
        );
    }

    [Theory]
    [InlineData("tagline", "yes")]
    [InlineData("tagline", "# no remark: \\ \"quoted\" – 'so'")]
    [InlineData("tagline", "null")]
    [InlineData("description", "1.0")]
    [InlineData("language", "pt-BR")]
    [InlineData("posts_per_page", "12")]
    [InlineData("logo", "/media/other%20logo.png")]
    [InlineData("icon", "/media/icon.png")]
    [InlineData("feed", "true")]
    [InlineData("accent-dark", "oklch(70% 0.1 40)")]
    [InlineData("footer", "Imprint of: this /imprint\n- Second https://b.example/?a=1#c")]
    public void A_value_is_read_as_it_was_written_in_its_field(string name, string text)
    {
        var file = Change((name, text));

        Assert.Equal(text, Split(file)[name]);
        Assert.Null(SiteProfileReader.Read(file).Problem);
        Assert.Empty(SiteProfileReader.Read(file).Invalid);
    }

    [Theory]
    [InlineData("social", "Nameless", "has no url: add one")]
    [InlineData("social", "https://nameless.example/", "this link has no name")]
    [InlineData("footer", "Script javascript:alert(1)", "write an address")]
    [InlineData("posts_per_page", "51", "write a number from 1 to 50")]
    [InlineData("posts_per_page", "many", "write a number from 1 to 50")]
    [InlineData("language", "no language!", "write a language tag")]
    [InlineData("accent.light", "red-ish", "write a colour")]
    [InlineData("icon", "https://other.example/icon.png", "write the path")]
    public void A_value_that_cannot_be_used_is_named_by_its_key(string key, string text, string sentence)
    {
        var read = SiteProfileReader.Read(Change((key.Replace('.', '-'), text)));

        Assert.Contains(
            sentence,
            Assert.Single(read.Invalid, invalid => invalid.Key == key).Value,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("tagline: [a, list]")]
    [InlineData("Tagline: in other capitals")]
    [InlineData("logo: { picture: /media/a.png, width: 3 }")]
    [InlineData("logo: { picture: /media/a.png, alone: perhaps }")]
    [InlineData("social: [{ name: A, url: /a, rel: me }]")]
    [InlineData("social: [{ name: A, url: '/a b' }]")]
    [InlineData("list: none")]
    [InlineData("{ tagline: in one line }")]
    [InlineData("? tagline\n: of two lines")]
    [InlineData("no YAML: [")]
    public void A_file_that_fields_cannot_show_without_loss_is_left_to_the_text(string file) =>
        Assert.Null(EditableSite.TrySplit(file));

    private static EditableSite Split(string file)
    {
        var site = EditableSite.TrySplit(file);
        Assert.NotNull(site);
        return site;
    }

    private static string Change(params (string Name, string Text)[] changes)
    {
        var site = Split(File);
        var changed = changes.ToDictionary(change => change.Name, change => change.Text);
        return site.With(name => changed.GetValueOrDefault(name) ?? site[name]);
    }
}

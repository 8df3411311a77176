using System.Text;
using ServerlessBlog.Media;
using ServerlessBlog.Posts.Theme;

namespace ServerlessBlog.Tests.Posts.Theme;

/// <summary>The reader of <c>theme/site.yml</c>: each key, each problem, each limit.</summary>
public sealed class SiteProfileTests
{
    [Fact]
    public void Every_key_is_read()
    {
        var result = SiteProfileReader.Read(
            """
            tagline: Notes on <clouds> & rain
            description: What I saw.
            logo:
              picture: /media/logo.svg
              alone: true
            icon: /media/my%20icon.png
            language: pt-BR
            posts_per_page: 50
            list: whole
            accent:
              light: "#00607A"
              dark: oklch(80% 0.1 220)
            social:
              - name: Mastodon
                url: https://example.social/@ann
            footer:
              - name: Imprint
                url: /imprint
              - name: Mail
                url: mailto:ann@example.com
            """
        );

        Assert.Null(result.Problem);
        Assert.Empty(result.Notes);
        var profile = result.Profile;
        Assert.Equal("Notes on <clouds> & rain", profile.Tagline);
        Assert.Equal("What I saw.", profile.Description);
        Assert.Equal(new SiteLogo("/media/logo.svg", ReplacesTitle: true), profile.Logo);
        Assert.Equal("/media/my%20icon.png", profile.Icon);
        Assert.Equal("pt-BR", profile.Language);
        Assert.Equal(50, profile.PostsPerPage);
        Assert.True(profile.WholePosts);
        Assert.Equal("#00607a", profile.LightAccent?.Text);
        Assert.Equal("oklch(80% 0.1 220)", profile.DarkAccent?.Text);
        Assert.Equal([new SiteLink("Mastodon", "https://example.social/@ann")], profile.Social);
        Assert.Equal(
            [new SiteLink("Imprint", "/imprint"), new SiteLink("Mail", "mailto:ann@example.com")],
            profile.Footer
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("# nothing\n")]
    [InlineData("tagline:\ndescription:\nlogo:\nicon:\nlanguage:\nposts_per_page:\nlist:\naccent:\nsocial:\nfooter:\n")]
    public void Without_a_value_each_key_has_its_default(string yaml)
    {
        var result = SiteProfileReader.Read(yaml);

        Assert.Null(result.Problem);
        Assert.Empty(result.Notes);
        Assert.Equal(Describe(SiteProfile.Default), Describe(result.Profile));
    }

    [Theory]
    [InlineData("tagline: [a, b]", "line 1, column 10: 'tagline' must be one text, not a list.")]
    [InlineData(
        "logo: http:x",
        "line 1, column 7: in 'logo': write the path of a picture, such as /media/logo.png, " + "or its https address."
    )]
    [InlineData("logo: /media/notes.txt", "line 1, column 7: in 'logo': write the path of a picture")]
    [InlineData("logo:\n  alone: true", "line 2, column 3: in 'logo': write the path of a picture")]
    [InlineData(
        "logo:\n  picture: /media/a.png\n  alone: perhaps",
        "line 3, column 10: in 'logo.alone': 'perhaps' is "
    )]
    [InlineData("icon: /media/a.svg", "line 1, column 7: in 'icon': write the path of a PNG, JPEG or WebP picture")]
    [InlineData("icon: https://example.com/a.png", "line 1, column 7: in 'icon': write the path of a PNG")]
    [InlineData("icon: /posts/a.md", "line 1, column 7: in 'icon': write the path of a PNG")]
    [InlineData("language: German!", "line 1, column 11: in 'language': write a language tag such as en, de or pt-BR.")]
    [InlineData("posts_per_page: 0", "line 1, column 17: in 'posts_per_page': write a number from 1 to 50.")]
    [InlineData("posts_per_page: 51", "line 1, column 17: in 'posts_per_page': write a number from 1 to 50.")]
    [InlineData("posts_per_page: ten", "line 1, column 17: in 'posts_per_page': write a number from 1 to 50.")]
    [InlineData("list: both", "line 1, column 7: in 'list': write excerpts or whole.")]
    [InlineData("accent: red", "line 1, column 9: in 'accent': write two lines below it: light: and dark:, each with")]
    [InlineData("accent:\n  light: red", "line 2, column 10: in 'accent.light': write a colour as \"#rrggbb\"")]
    [InlineData("accent:\n  light: #00607a", "line 2, column 9: in 'accent.light': it is empty: # begins a remark")]
    [InlineData("accent:\n  dark: \"#fff;} *{\"", "line 2, column 9: in 'accent.dark': write a colour as")]
    [InlineData("social: Mastodon", "line 1, column 9: in 'social': write each link as two lines, - name: and url:")]
    [InlineData("social:\n  - name: A", "line 2, column 5: in 'social': the link 'A' has no url: add one.")]
    [InlineData("social:\n  - url: /a", "line 2, column 5: in 'social': this link has no name: add one.")]
    [InlineData(
        "footer:\n- name: A\n  url: javascript:alert(1)",
        "line 3, column 8: in 'footer.url': write an address"
    )]
    [InlineData("footer:\n- name: A\n  url: //example.com", "line 3, column 8: in 'footer.url': write an address")]
    [InlineData("footer:\n- name: A\n  url: about", "line 3, column 8: in 'footer.url': write an address")]
    [InlineData("footer:\n- name: A\n  url: https://", "line 3, column 8: in 'footer.url': write an address")]
    [InlineData("tag_line: A", "line 1: the field 'tag_line' is kept, and not used: did you mean 'tagline'?")]
    [InlineData(
        "logo:\n  picture: /media/a.png\n  alome: true",
        "line 3: the field 'logo.alome' is kept, and not used: " + "did you mean 'alone'?"
    )]
    [InlineData("accent:\n  lihgt: \"#000\"", "line 2: the field 'accent.lihgt' is kept, and not used: did you mean ")]
    [InlineData("footer:\n- {name: A, url: /a, rel: me}", "line 2: the field 'footer.rel' is kept, and not used.")]
    public void A_value_that_cannot_be_used_is_named_and_has_its_default(string yaml, string note)
    {
        var result = SiteProfileReader.Read(yaml + "\ndescription: Read all the same\n");

        Assert.Null(result.Problem);
        Assert.StartsWith(note, Assert.Single(result.Notes), StringComparison.Ordinal);
        Assert.Equal("Read all the same", result.Profile.Description);
    }

    [Theory]
    [InlineData(
        "tagline: a\ntagline: b",
        "line 2, column 1: the field 'tagline' is there twice, on lines 1 and 2: keep"
    )]
    [InlineData("just words", "line 1, column 1: write fields as 'name: value', one a line.")]
    [InlineData("tagline: \"open", "line 1, column 10: this is not YAML (")]
    [InlineData("tagline: a\n\tlist: whole", "line 2, column 1: a line cannot begin with a tab: use spaces.")]
    public void A_file_that_is_no_YAML_is_refused_with_line_and_column(string yaml, string problem)
    {
        var result = SiteProfileReader.Read(yaml);

        Assert.StartsWith(problem, result.Problem, StringComparison.Ordinal);
        Assert.Equal(SiteProfile.Default, result.Profile);
    }

    [Theory]
    [InlineData("tagline", 200)]
    [InlineData("description", 500)]
    public void A_text_has_a_greatest_length(string key, int most)
    {
        Assert.Empty(SiteProfileReader.Read($"{key}: {new string('a', most)}").Notes);
        Assert.Equal(
            [$"line 1, column {key.Length + 3}: '{key}' has {most + 1} characters: keep at most {most}."],
            SiteProfileReader.Read($"{key}: {new string('a', most + 1)}").Notes
        );
    }

    [Fact]
    public void The_first_20_links_are_shown_and_the_report_says_so()
    {
        var yaml = new StringBuilder("social:\n");
        for (var number = 1; number <= 21; number++)
        {
            yaml.Append("  - {name: A, url: /a}\n");
        }

        var result = SiteProfileReader.Read(yaml.ToString());

        Assert.Equal(20, result.Profile.Social.Count);
        Assert.Equal(["line 1: 'social' has 21 links: the first 20 are shown."], result.Notes);
    }

    [Fact]
    public void Aliases_that_grow_beyond_64_KiB_are_refused()
    {
        var yaml = new StringBuilder("a: &a " + new string('a', 1000) + "\n");
        for (var number = 0; number < 70; number++)
        {
            yaml.Append('k').Append(number).Append(": *a\n");
        }

        Assert.Contains("have more than 65,536 bytes", SiteProfileReader.Read(yaml.ToString()).Problem);
    }

    [Fact]
    public void The_largest_file_of_mistakes_has_a_report_of_51_lines()
    {
        var yaml = new StringBuilder();
        for (var number = 0; yaml.Length < ThemeFiles.MaxBytes - 20; number++)
        {
            yaml.Append('k').Append(number).Append(":\n");
        }

        Assert.Equal(51, SiteProfileReader.Read(yaml.ToString()).Notes.Count);
    }

    [Theory]
    [InlineData("light", "#96301e", null)]
    [InlineData(
        "light",
        "#7fd3ea",
        "is hard to read: its contrast with the background #fdfcf9 is 1.6 to 1; take a darker"
    )]
    [InlineData(
        "dark",
        "#96301e",
        "is hard to read: its contrast with the background #191816 is 2.3 to 1; take a lighter"
    )]
    [InlineData("dark", "rgb(240, 164, 140)", null)]
    public void An_accent_that_is_hard_to_read_is_used_and_the_report_says_so(string scheme, string color, string? note)
    {
        var result = SiteProfileReader.Read($"accent:\n  {scheme}: \"{color}\"\n");

        Assert.Equal(color, (result.Profile.LightAccent ?? result.Profile.DarkAccent)?.Text);
        Assert.Equal(note is null ? 0 : 1, result.Notes.Count(text => text.Contains(note!, StringComparison.Ordinal)));
        Assert.Equal(note is null, result.Notes.Count == 0);
    }

    private static string Describe(SiteProfile profile) =>
        string.Join('\n', $"{profile with { Social = [], Footer = [] }}", profile.Social.Count, profile.Footer.Count);
}

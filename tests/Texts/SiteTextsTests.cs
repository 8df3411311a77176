using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Texts;

public sealed class SiteTextsTests
{
    private static readonly int[] Numbers = [0, 1, 2, 3, 5, 11, 21, 22, 101];
    private static readonly DateTimeOffset Afternoon = new(2009, 5, 2, 14, 6, 0, TimeSpan.FromHours(2));

    [Fact]
    public void Without_overrides_dates_are_in_English()
    {
        Assert.Equal("May 2, 2009", SiteTexts.BuiltIn.Day(Afternoon));
        Assert.Equal("May 2, 2009 at 2:06 PM", SiteTexts.BuiltIn.Moment(Afternoon));
        Assert.Equal("May 2, 2009 at 12:06 AM", SiteTexts.BuiltIn.Moment(Afternoon.AddHours(-14)));
        Assert.Equal("May 2, 2009 at 12:06 PM", SiteTexts.BuiltIn.Moment(Afternoon.AddHours(-2)));
        Assert.Equal("May 2009", SiteTexts.BuiltIn.Month(2009, 5));
        Assert.Equal("Nov 2, 2009, 2:06 PM", SiteTexts.BuiltIn.ShortMoment(Afternoon.AddMonths(6)));
        Assert.Equal("2:06 PM", SiteTexts.BuiltIn.Time(Afternoon));
    }

    [Fact]
    public void Dates_follow_the_overridden_patterns()
    {
        var german = ReadOverrides(
            """{ "month.5": "Mai", "date.day": "{day}. {month} {year}", "date.moment": "{day} um {time}","""
                + """ "date.time": "{hour}:{minute} Uhr" }"""
        );
        var polish = ReadOverrides(
            """{ "month.5": "maja", "month.5.alone": "maj", "date.day": "{day} {month} {year}","""
                + """ "date.month": "{month} {year} ({month-number})" }"""
        );

        Assert.Equal("2. Mai 2009 um 14:06 Uhr", german.Moment(Afternoon));
        Assert.Equal("2. Mai 2009 um 00:06 Uhr", german.Moment(Afternoon.AddHours(-14)));
        Assert.Equal("Mai 2009", german.Month(2009, 5));
        Assert.Equal("2. Nov 2009, 14:06 Uhr", german.ShortMoment(Afternoon.AddMonths(6)));
        Assert.Equal("2 maja 2009", polish.Day(Afternoon));
        Assert.Equal("maj 2009 (5)", polish.Month(2009, 5));
    }

    [Fact]
    public void A_month_without_a_short_name_in_the_language_has_its_full_name()
    {
        var swedish = ReadOverrides("""{ "month.5": "maj", "month.10": "oktober", "month.10.short": "okt." }""");

        Assert.Equal("maj 2, 2009, 2:06 PM", swedish.ShortMoment(Afternoon));
        Assert.Equal("okt. 2, 2009, 2:06 PM", swedish.ShortMoment(Afternoon.AddMonths(5)));
        Assert.Equal("Jun 2, 2009, 2:06 PM", swedish.ShortMoment(Afternoon.AddMonths(1)));
    }

    [Theory]
    [InlineData("en", "other one other other other other other other other")]
    [InlineData("pt-BR", "one one other other other other other other other")]
    [InlineData("fr", "one one other other other other other other other")]
    [InlineData("ja", "other other other other other other other other other")]
    [InlineData("ru", "many one few few many many one few one")]
    [InlineData("pl", "many one few few many many many few many")]
    [InlineData("cs", "other one few few other other other other other")]
    [InlineData("sl", "other one two few other other other other one")]
    [InlineData("lt", "other one few few few other one few one")]
    [InlineData("ar", "zero one two few few many many many other")]
    [InlineData("cy", "zero one two few other other other other other")]
    [InlineData("ro", "few one few few few few other other few")]
    public void The_plural_form_of_a_number_follows_the_language(string language, string forms) =>
        Assert.Equal(forms, string.Join(' ', Numbers.Select(number => PluralRules.FormOf(language, number))));

    [Fact]
    public void A_plural_form_without_an_override_falls_back_to_other()
    {
        var polish = ReadOverrides(
            """{ "language": "pl", "comments.one": "Komentarz", "comments.few": "{count} komentarze","""
                + """ "comments.other": "{count} komentarzy" }"""
        );

        Assert.Equal(
            ["Komentarz", "3 komentarze", "5 komentarzy"],
            Numbers.Where(number => number is 1 or 3 or 5).Select(number => polish.Count("comments", number))
        );
    }

    [Fact]
    public void Inserted_values_are_not_parsed_for_placeholders()
    {
        var texts = ReadOverrides("""{ "list.title": "{number}: {title}{number}" }""");

        Assert.Equal("2: {number} $1 {}2", texts.Format("list.title", ("title", "{number} $1 {}"), ("number", "2")));
        Assert.Equal(
            [new("", "number"), new(": ", "title"), new("", "number"), new("", null)],
            texts.Parts("list.title")
        );
    }

    private static SiteTexts ReadOverrides(string json)
    {
        var overrides = TextOverrides.Read(json);
        Assert.Equal((null, 0), (overrides.Problem, overrides.Notes.Count));
        return overrides.Texts;
    }
}

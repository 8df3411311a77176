using System.Text.Json;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.FrontMatter;

/// <summary>The dates of the case F06 and others of its kind.</summary>
public sealed class DateSpellingTests
{
    [Theory]
    [InlineData("2019-1-2", "2019-01-02T00:00:00")]
    [InlineData("2019/01/02", "2019-01-02T00:00:00")]
    [InlineData("2019/1/2 23:59", "2019-01-02T23:59:00")]
    [InlineData("2019.01.02", "2019-01-02T00:00:00")]
    [InlineData("20190102", "2019-01-02T00:00:00")]
    [InlineData("2019-01-02 9:04", "2019-01-02T09:04:00")]
    [InlineData("2019-01-02T09:04:05.25", "2019-01-02T09:04:05.25")]
    [InlineData("2019-01-02, 9:04 PM", "2019-01-02T21:04:00")]
    [InlineData("2019-01-02 12:04 a.m.", "2019-01-02T00:04:00")]
    [InlineData("January 2, 2019", "2019-01-02T00:00:00")]
    [InlineData("Jan. 2nd 2019 at 9:04am", "2019-01-02T09:04:00")]
    [InlineData("2 Jan 2019", "2019-01-02T00:00:00")]
    [InlineData("02-Sept-2019", "2019-09-02T00:00:00")]
    [InlineData("2019-01-02 03:04:05 UTC", "2019-01-02T03:04:05+00:00")]
    [InlineData("Wed, 02 Jan 2019 03:04:05 GMT", "2019-01-02T03:04:05+00:00")]
    [InlineData("Wed, 02 Jan 2019 03:04:05 -0500", "2019-01-02T03:04:05-05:00")]
    [InlineData("2 Jan 2019 03:04 EST", "2019-01-02T03:04:00-05:00")]
    [InlineData("2019-01-02 03:04:05.123 +0100", "2019-01-02T03:04:05.123+01:00")]
    [InlineData("2019-01-02T03:04:05,5+01", "2019-01-02T03:04:05.5+01:00")]
    [InlineData("2019-01-02 03:04 GMT+5:30", "2019-01-02T03:04:00+05:30")]
    [InlineData("2019-01-02Z", "2019-01-02T00:00:00+00:00")]
    [InlineData("2019-01-02t03:04:05.123456789z", "2019-01-02T03:04:05.1234567+00:00")]
    public void A_date_is_read_in_the_spellings_of_people_and_programs(string text, string expected)
    {
        Assert.Contains("date: 2019-1-2\n", TextCase.Find("F06"), StringComparison.Ordinal);

        Assert.True(DateSpelling.TryParse(text, out var local, out var offset), text);
        Assert.Equal(
            expected,
            offset is { } known
                ? JsonSerializer
                    .Serialize(new DateTimeOffset(local, known))
                    .Trim('"')
                    .Replace("\\u002B", "+", StringComparison.Ordinal)
                : JsonSerializer.Serialize(local).Trim('"')
        );
    }

    [Theory]
    [InlineData("01/02/2019", "write the year first, such as 2019-02-01 or 2019-01-02.")]
    [InlineData("13.2.2019 10:00", "write the year first, such as 2019-02-13.")]
    [InlineData("1-1-2019", "write the year first, such as 2019-01-01.")]
    [InlineData("32/13/2019", "'32/13/2019' is not a date: write 2026-05-22")]
    [InlineData("2019-02-29", "'2019-02-29' is not a date: write 2026-05-22")]
    public void A_date_that_can_be_read_in_two_ways_is_refused_with_an_example(string text, string advice)
    {
        Assert.False(DateSpelling.TryParse(text, out _, out _));
        Assert.Contains(advice, DateSpelling.Advice(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2019-01-02 24:00")]
    [InlineData("2019-01-02 13:04 PM")]
    [InlineData("2019-01-02 03:60")]
    [InlineData("2019-01-02 03:04 +1500")]
    [InlineData("2019-01-02 03:04 CET")]
    [InlineData("2019/01-02")]
    [InlineData("Janvier 2, 2019")]
    [InlineData("19-01-02")]
    [InlineData("1546398245")]
    [InlineData("")]
    public void Other_texts_are_no_dates(string text) => Assert.False(DateSpelling.TryParse(text, out _, out _));
}

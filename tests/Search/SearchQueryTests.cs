using CsCheck;
using ServerlessBlog.Posts;
using ServerlessBlog.Search.Index;
using ServerlessBlog.Search.Queries;

namespace ServerlessBlog.Tests.Search;

/// <summary>What is written in the form, as a query of the index.</summary>
public sealed class SearchQueryTests
{
    [Theory]
    [InlineData("cold start", "\"cold\" AND \"start\"")]
    [InlineData("\"cold start\"", "\"cold start\"")]
    [InlineData("“cold start", "\"cold start\"")]
    [InlineData("photo*", "\"photo\" *")]
    [InlineData("a*", "\"a\"")]
    [InlineData("well-known", "\"well known\"")]
    [InlineData("東京タワー", "\"東京 京タ タワ ワー\"")]
    [InlineData("京", "\"京\" *")]
    [InlineData("C#入門", "\"c# 入門\"")]
    [InlineData(
        "NOT (a OR b) NEAR title:x ^c + - \"",
        "\"not\" AND \"a\" AND \"or\" AND \"b\" AND \"near\" AND \"title x\" AND \"c\""
    )]
    public void Words_phrases_and_beginnings(string text, string match)
    {
        Assert.True(SearchQuery.TryParse(text, out var query));
        Assert.Equal(match, query.MatchAll(asBeginnings: false));
    }

    [Fact]
    public void Only_longer_words_outside_of_quotation_marks_are_beginnings_too()
    {
        Assert.True(SearchQuery.TryParse("an index \"of all\"", out var query));

        Assert.Equal("\"an\" AND \"index\" * AND \"of all\"", query.MatchAll(asBeginnings: true));
    }

    [Fact]
    public void Tags_and_a_year_are_filters_and_other_fields_are_words()
    {
        Assert.True(SearchQuery.TryParse("TAG:Travel tag:\"C++\" year:2025 year:soon lang:de", out var query));

        Assert.Equal([Tag.Parse("travel"), Tag.Parse("c++")], query.Tags);
        Assert.Equal(2025, query.Year);
        Assert.Equal("\"year soon\" AND \"lang de\"", query.MatchAll(asBeginnings: false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("? ! … * \"\" tag:\"\" 🙂")]
    public void Without_a_letter_there_is_nothing_to_search_for(string text)
    {
        Assert.True(SearchQuery.TryParse(text, out var query));
        Assert.True(query.IsEmpty);
    }

    [Theory]
    [InlineData(200, 1, true)]
    [InlineData(201, 1, false)]
    [InlineData(1, 16, true)]
    [InlineData(1, 17, false)]
    public void The_length_and_the_number_of_words_are_limited(int length, int words, bool isAccepted) =>
        Assert.Equal(
            isAccepted,
            SearchQuery.TryParse(string.Join(' ', Enumerable.Repeat(new string('x', length), words)), out _)
        );

    /// <summary>Property: no text is an error of syntax for the index.</summary>
    [Fact]
    public void Any_text_can_be_searched_for()
    {
        var path = TemporaryIndex.CreatePath();
        try
        {
            using var database = SearchDatabase.Create(path);
            Gen.OneOf(Gen.String[Gen.Char["\"'*():^+-{}#ab 日本\0;\\/<>&%_~,.“”"], 0, 60], Gen.String[0, 60])
                .Sample(
                    text =>
                    {
                        if (SearchQuery.TryParse(text, out var query) && query.HasWords)
                        {
                            database.Find(query.MatchAll(asBeginnings: false), query, isForReaders: true, most: 10);
                            database.Find(query.MatchAll(asBeginnings: true), query, isForReaders: false, most: 10);
                            database.Find(query.MatchAny(), query, isForReaders: true, most: 10);
                        }
                    },
                    iter: 2_000,
                    threads: 1
                );
        }
        finally
        {
            TemporaryIndex.Delete(path);
        }
    }
}

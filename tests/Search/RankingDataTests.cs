using ServerlessBlog.Search.Queries;

namespace ServerlessBlog.Tests.Search;

/// <summary>The data with which the benchmark <c>ranking</c> measures is complete.</summary>
public sealed class RankingDataTests
{
    [Fact]
    public void There_are_60_posts_with_all_parts()
    {
        Assert.Equal(60, RankingData.Posts.Select(post => post.Id).Distinct().Count());
        Assert.Equal(60, RankingData.Posts.Count);
        Assert.All(RankingData.Posts, post =>
        {
            Assert.StartsWith($"{post.Language}-", post.Id, StringComparison.Ordinal);
            Assert.NotEmpty(post.Tags);
            Assert.NotEmpty(post.Headings);
            Assert.All([post.Title, post.Text, .. post.Tags, .. post.Headings], part =>
                Assert.Equal(part.Trim(), part)
            );
            Assert.InRange(post.Text.Length, 150, 1200);
        });
    }

    [Fact]
    public void There_are_200_different_queries_that_the_search_accepts()
    {
        Assert.Equal(200, RankingData.Queries.Select(query => query.Query).Distinct().Count());
        Assert.Equal(200, RankingData.Queries.Count);
        Assert.All(RankingData.Queries, query =>
        {
            Assert.True(SearchQuery.TryParse(query.Query, out var parsed), query.Query);
            Assert.True(parsed.HasWords, query.Query);
        });
    }

    [Fact]
    public void Each_query_is_judged_by_posts_that_exist()
    {
        var languages = RankingData.Posts.ToDictionary(post => post.Id, post => post.Language);
        Assert.All(RankingData.Queries, query =>
        {
            Assert.NotEmpty(query.Judged);
            Assert.All(query.Judged.Values, grade => Assert.InRange(grade, 1, 2));
            Assert.Empty(query.Judged.Keys.Except(languages.Keys));
            Assert.Contains(query.Language, query.Judged.Keys.Select(id => languages[id]));
        });
    }

    [Fact]
    public void Each_language_has_posts_and_queries_and_one_script()
    {
        var scripts = RankingData.Queries.GroupBy(query => query.Language).ToList();

        Assert.Equal(
            RankingData.Posts.Select(post => post.Language).Distinct().Order(StringComparer.Ordinal),
            scripts.Select(language => language.Key).Order(StringComparer.Ordinal)
        );
        Assert.All(scripts, language => Assert.Single(language.Select(query => query.Script).Distinct()));
    }
}

using System.CommandLine;
using Lucene.Net.Analysis.Cjk;
using Lucene.Net.Analysis.Standard;
using ServerlessBlog.Tests.Search;

namespace ServerlessBlog.Benchmarks.Ranking;

/// <summary>Measures how well a search orders posts, beside Lucene.Net: 200 queries whose answers are judged.</summary>
internal static class RankingCommand
{
    /// <summary>How much less than the better Lucene is accepted.</summary>
    private const double Tolerance = 0.02;

    public static Command Create()
    {
        var queries = new Option<bool>("--queries")
        {
            Description = "Prints each query of which some engine does not give the best order.",
        };
        var command = new Command("ranking", "How well a search orders posts, beside Lucene.Net.") { queries };
        command.SetAction(line => Run(line.GetValue(queries)));
        return command;
    }

    private static int Run(bool hasQueries)
    {
        using var blog = new BlogEngine(RankingData.Posts);
        using var standard = new LuceneEngine(new StandardAnalyzer(LuceneEngine.Version), RankingData.Posts);
        using var cjk = new LuceneEngine(new CJKAnalyzer(LuceneEngine.Version), RankingData.Posts);
        var results = RankingData
            .Queries.Select(query => new Result(
                query,
                blog.Find(query.Query),
                standard.Find(query.Query),
                cjk.Find(query.Query)
            ))
            .ToList();

        if (hasQueries)
        {
            results.Where(result => !result.IsPerfect).ToList().ForEach(Print);
        }

        LimitReport.Print($"nDCG@10 of {results.Count} queries over {RankingData.Posts.Count} posts:");
        foreach (var script in results.GroupBy(result => result.Query.Script))
        {
            Print(script.Key, [.. script]);
        }

        foreach (
            var language in results
                .Where(result => result.Query.Script == "Latin")
                .GroupBy(result => result.Query.Language)
        )
        {
            Print($"Latin, {language.Key}", [.. language]);
        }

        Print("all", results);
        var report = new LimitReport();
        report.AtLeast(
            "nDCG@10 of the blog's search",
            results.Average(result => result.Blog),
            Math.Max(results.Average(result => result.Standard), results.Average(result => result.Cjk)) - Tolerance
        );
        return report.Close();
    }

    private static void Print(string name, List<Result> results) =>
        LimitReport.Print(
            $"  {name, -12} {results.Count, 3} queries: blog {results.Average(result => result.Blog):0.000}, ",
            $"Lucene with StandardAnalyzer {results.Average(result => result.Standard):0.000}, ",
            $"with CJKAnalyzer {results.Average(result => result.Cjk):0.000}"
        );

    private static void Print(Result result)
    {
        LimitReport.Print(
            $"{result.Query.Query} ({result.Query.Language}): ",
            $"blog {result.Blog:0.00}, standard {result.Standard:0.00}, CJK {result.Cjk:0.00}"
        );
        LimitReport.Print(
            $"  judged: {string.Join(' ', result.Query.Judged.Select(post => $"{post.Key}={post.Value}"))}"
        );
        LimitReport.Print($"  blog: {string.Join(' ', result.FoundByBlog.Take(10))}");
    }

    /// <summary>What the engines found for a query.</summary>
    private sealed record Result(
        JudgedQuery Query,
        IReadOnlyList<string> FoundByBlog,
        IReadOnlyList<string> FoundByStandard,
        IReadOnlyList<string> FoundByCjk
    )
    {
        public double Blog => NormalizedGain.Compute(Query, FoundByBlog);

        public double Standard => NormalizedGain.Compute(Query, FoundByStandard);

        public double Cjk => NormalizedGain.Compute(Query, FoundByCjk);

        public bool IsPerfect => Math.Min(Blog, Math.Min(Standard, Cjk)) > 1 - 1e-9;
    }
}

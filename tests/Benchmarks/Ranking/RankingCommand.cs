using System.CommandLine;
using System.Globalization;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Cjk;
using Lucene.Net.Analysis.Icu;
using Lucene.Net.Analysis.Icu.Segmentation;
using Lucene.Net.Analysis.Standard;
using ServerlessBlog.Tests.Search;

namespace ServerlessBlog.Benchmarks.Ranking;

/// <summary>Measures how well a search orders posts, beside Lucene.Net: 200 queries whose answers are judged.</summary>
internal static class RankingCommand
{
    /// <summary>How much less than the best Lucene is accepted.</summary>
    private const double Tolerance = 0.02;

    /// <summary>The engines in the order in which they are printed; the blog's own is the first.</summary>
    private static readonly string[] Engines =
    [
        "blog",
        "Lucene, StandardAnalyzer",
        "Lucene, CJKAnalyzer",
        "Lucene, ICU",
    ];

    public static Command Create()
    {
        var queries = new Option<bool>("--queries")
        {
            Description = "Prints each query for which some engine does not give the best order.",
        };
        var command = new Command("ranking", "How well a search orders posts, beside Lucene.Net.") { queries };
        command.SetAction(line => Run(line.GetValue(queries)));
        return command;
    }

    private static int Run(bool hasQueries)
    {
        var results = FindAll();
        if (hasQueries)
        {
            results.Where(result => !result.IsPerfect).ToList().ForEach(Print);
        }

        LimitReport.Print($"nDCG@10 of {results.Count} queries over {RankingData.Posts.Count} posts:");
        foreach (var script in results.GroupBy(result => result.Query.Script))
        {
            Print(script.Key, [.. script]);
            var languages = script.GroupBy(result => result.Query.Language).ToList();
            foreach (var language in languages.Where(_ => languages.Count > 1))
            {
                Print($"  {language.Key}", [.. language]);
            }
        }

        Print("all", results);
        var gains = Averages(results);
        var report = new LimitReport();
        report.AtLeast("nDCG@10 of the blog's search", gains[0], gains[1..].Max() - Tolerance);
        return report.Close();
    }

    private static List<Result> FindAll()
    {
        using var blog = new BlogEngine(RankingData.Posts);
        using var standard = new LuceneEngine(new StandardAnalyzer(LuceneEngine.Version), RankingData.Posts);
        using var cjk = new LuceneEngine(new CJKAnalyzer(LuceneEngine.Version), RankingData.Posts);
        using var icu = new LuceneEngine(CreateIcuAnalyzer(), RankingData.Posts);
        return RankingData
            .Queries.Select(query =>
            {
                var text = query.Query;
                return new Result(query, [blog.Find(text), standard.Find(text), cjk.Find(text), icu.Find(text)]);
            })
            .ToList();
    }

    /// <summary>
    /// The best that Lucene.Net has for many scripts at once: words by the rules and dictionaries of ICU, without
    /// accents; Chinese, Japanese and Korean in pairs.
    /// </summary>
    private static Analyzer CreateIcuAnalyzer() =>
        Analyzer.NewAnonymous(
            (_, reader) =>
            {
                var config = new DefaultICUTokenizerConfig(cjkAsWords: false, myanmarAsWords: true);
                var words = new ICUTokenizer(reader, config);
                return new TokenStreamComponents(words, new CJKBigramFilter(new ICUFoldingFilter(words)));
            }
        );

    private static double[] Averages(List<Result> results) =>
        [.. Engines.Select((_, engine) => results.Average(result => result.Gains[engine]))];

    private static void Print(string name, List<Result> results) =>
        LimitReport.Print($"  {name, -12} {results.Count, 3} queries: {Join(Averages(results))}");

    private static void Print(Result result)
    {
        LimitReport.Print($"{result.Query.Query} ({result.Query.Language}): {Join(result.Gains)}");
        LimitReport.Print(
            $"  judged: {string.Join(' ', result.Query.Judged.Select(post => $"{post.Key}={post.Value}"))}"
        );
        LimitReport.Print($"  blog: {string.Join(' ', result.Found[0].Take(NormalizedGain.Hits))}");
    }

    private static string Join(IReadOnlyList<double> gains) =>
        string.Join(
            "; ",
            Engines.Zip(gains, (name, gain) => string.Create(CultureInfo.InvariantCulture, $"{name} {gain:0.000}"))
        );

    /// <summary>What the engines found for a query.</summary>
    /// <param name="Query">The query.</param>
    /// <param name="Found">The ids of the posts by engine, the best first.</param>
    private sealed record Result(JudgedQuery Query, IReadOnlyList<IReadOnlyList<string>> Found)
    {
        /// <summary>nDCG@10 by engine.</summary>
        public IReadOnlyList<double> Gains { get; } = [.. Found.Select(found => NormalizedGain.Compute(Query, found))];

        public bool IsPerfect => Gains.Min() > 1 - 1e-9;
    }
}

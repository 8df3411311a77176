using Lucene.Net.Analysis;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using ServerlessBlog.Tests.Search;

namespace ServerlessBlog.Benchmarks.Ranking;

/// <summary>
/// Lucene.Net with the same fields and weights: BM25, first the posts with all words, then those with any. Letters that
/// its analyzer splits though they were written as one word, as of Chinese, must follow each other.
/// </summary>
internal sealed class LuceneEngine : IDisposable
{
    /// <summary>The version whose behaviour analyzers and parser have: 4.8, the newest of Lucene.Net.</summary>
    public const LuceneVersion Version = LuceneVersion.LUCENE_48;

    private const string IdField = "id";
    private const int Most = 100;

    /// <summary>As in <c>SearchDatabase</c>.</summary>
    private static readonly Dictionary<string, float> Weights = new()
    {
        ["title"] = 10,
        ["tags"] = 6,
        ["headings"] = 3,
        ["text"] = 1,
    };

    private readonly Analyzer _analyzer;
    private readonly RAMDirectory _directory = new();
    private readonly DirectoryReader _reader;
    private readonly IndexSearcher _searcher;

    /// <summary>Indexes posts.</summary>
    /// <param name="analyzer">Splits texts and queries into words. Disposed with this object.</param>
    /// <param name="posts">The posts.</param>
    public LuceneEngine(Analyzer analyzer, IReadOnlyList<SamplePost> posts)
    {
        _analyzer = analyzer;
        var similarity = new BM25Similarity();
        using (
            var writer = new IndexWriter(
                _directory,
                new IndexWriterConfig(Version, analyzer) { Similarity = similarity }
            )
        )
        {
            foreach (var post in posts)
            {
                writer.AddDocument(DocumentFor(post));
            }
        }

        _reader = DirectoryReader.Open(_directory);
        _searcher = new IndexSearcher(_reader) { Similarity = similarity };
    }

    /// <summary>Returns the ids of the posts, the best first.</summary>
    public IReadOnlyList<string> Find(string text) =>
        [.. Find(text, Operator.AND).Union(Find(text, Operator.OR)).Take(Most)];

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
        _analyzer.Dispose();
    }

    private static Document DocumentFor(SamplePost post)
    {
        var headings = string.Join('\n', post.Headings);
        return
        [
            new StringField(IdField, post.Id, Field.Store.YES),
            new TextField("title", post.Title, Field.Store.NO),
            new TextField("tags", string.Join('\n', post.Tags), Field.Store.NO),
            new TextField("headings", headings, Field.Store.NO),
            new TextField("text", $"{headings}\n{post.Text}", Field.Store.NO),
        ];
    }

    private IEnumerable<string> Find(string text, Operator words)
    {
        var parser = new MultiFieldQueryParser(Version, [.. Weights.Keys], _analyzer, Weights)
        {
            DefaultOperator = words,
            AutoGeneratePhraseQueries = true,
        };
        var query = parser.Parse(string.Join('"', text.Split('"').Select(QueryParserBase.Escape)));
        return _searcher.Search(query, Most).ScoreDocs.Select(hit => _searcher.Doc(hit.Doc).Get(IdField));
    }
}

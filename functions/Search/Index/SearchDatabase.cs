using Microsoft.Data.Sqlite;
using ServerlessBlog.Posts;
using ServerlessBlog.Search.Queries;

namespace ServerlessBlog.Search.Index;

/// <summary>
/// The index of all posts: an SQLite file with a full-text table (FTS5) that holds words and positions, but no texts.
/// Not thread-safe.
/// </summary>
/// <remarks>
/// Ranked by BM25 (https://www.sqlite.org/fts5.html#the_bm25_function): a word in the title counts as ten in the text,
/// in the tags as six, in a heading as three. The words are those of <see cref="SearchWords"/>, already folded, so the
/// tokenizer only splits at spaces.
/// </remarks>
internal sealed class SearchDatabase : IDisposable
{
    /// <summary>The number of the schema. Another one means that the index must be built anew.</summary>
    public const int Schema = 1;

    private const string Tables = """
        PRAGMA page_size = 8192;
        CREATE TABLE posts(id INTEGER PRIMARY KEY, post TEXT NOT NULL UNIQUE, is_public INTEGER NOT NULL,
          year INTEGER NOT NULL, date INTEGER NOT NULL);
        CREATE TABLE tags(tag TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY(tag, id)) WITHOUT ROWID;
        CREATE INDEX tags_by_post ON tags(id);
        CREATE VIRTUAL TABLE texts USING fts5(title, tags, headings, text, file, content='', contentless_delete=1,
          tokenize="ascii tokenchars '#+'");
        """;

    private const string Weights = "10.0, 6.0, 3.0, 1.0, 1.0";
    private const string ColumnsForReaders = "{title tags headings text}";

    private readonly SqliteConnection _connection;

    private SearchDatabase(string path, SqliteOpenMode mode)
    {
        _connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
            }.ToString()
        );
        _connection.Open();
    }

    /// <summary>Creates an empty index.</summary>
    public static SearchDatabase Create(string path)
    {
        var created = new SearchDatabase(path, SqliteOpenMode.ReadWriteCreate);
        created.Run(Tables);
        return created;
    }

    /// <summary>Opens an index to search it.</summary>
    public static SearchDatabase OpenRead(string path) => new(path, SqliteOpenMode.ReadOnly);

    /// <summary>Opens an index to change it. The file is a copy, so a crash need not leave it readable.</summary>
    public static SearchDatabase OpenWrite(string path)
    {
        var opened = new SearchDatabase(path, SqliteOpenMode.ReadWrite);
        opened.Run("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;");
        return opened;
    }

    /// <summary>The number of posts.</summary>
    public long Count => (long)(Scalar("SELECT count(*) FROM posts") ?? 0L);

    /// <summary>Runs changes in one transaction.</summary>
    public void Change(Action change)
    {
        using var transaction = _connection.BeginTransaction();
        change();
        transaction.Commit();
    }

    /// <summary>Merges the parts of the full-text table into one, which makes the file smallest and fastest.</summary>
    public void Optimize() => Run("INSERT INTO texts(texts) VALUES('optimize')");

    /// <summary>Gives the space of removed parts back to the file system.</summary>
    public void Shrink() => Run("VACUUM");

    /// <summary>Throws unless the file is a complete database.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public void Check()
    {
        if (Scalar("PRAGMA quick_check(1)") is not "ok")
        {
            throw new InvalidDataException("The index for search is damaged.");
        }
    }

    /// <summary>Adds a post, or replaces it.</summary>
    public void Put(IndexedPost post)
    {
        Remove(post.Id);
        Run(
            "INSERT INTO posts(post, is_public, year, date) VALUES($post, $public, $year, $date)",
            ("$post", post.Id.ToString()),
            ("$public", post.IsPublic),
            ("$year", post.Year),
            ("$date", post.Date.UtcTicks)
        );
        var id = (long)Scalar("SELECT last_insert_rowid()")!;
        foreach (var tag in post.Tags.Select(Tag.Parse).Distinct())
        {
            Run("INSERT INTO tags(tag, id) VALUES($tag, $id)", ("$tag", tag.Key), ("$id", id));
        }

        Run(
            "INSERT INTO texts(rowid, title, tags, headings, text, file) "
                + "VALUES($id, $title, $tags, $headings, $text, $file)",
            ("$id", id),
            ("$title", SearchWords.Join(post.Title)),
            ("$tags", SearchWords.Join(string.Join('\n', post.Tags))),
            ("$headings", SearchWords.Join(post.Headings)),
            ("$text", SearchWords.Join(post.Text)),
            ("$file", SearchWords.Join(post.FileName))
        );
    }

    /// <summary>Removes a post if it is there.</summary>
    public void Remove(PostId post)
    {
        if (Scalar("SELECT id FROM posts WHERE post = $post", ("$post", post.ToString())) is long id)
        {
            Run("DELETE FROM texts WHERE rowid = $id", ("$id", id));
            Run("DELETE FROM tags WHERE id = $id", ("$id", id));
            Run("DELETE FROM posts WHERE id = $id", ("$id", id));
        }
    }

    /// <summary>Finds posts, the best first.</summary>
    /// <param name="match">The words in the language of FTS5; null to find all that pass the filters, newest first.</param>
    /// <param name="query">The query with the filters.</param>
    /// <param name="isForReaders">True to find only public posts, and not by the names of their files.</param>
    /// <param name="most">The maximum number.</param>
    public IReadOnlyList<PostId> Find(string? match, SearchQuery query, bool isForReaders, int most)
    {
        using var command = _connection.CreateCommand();
        var filters = new List<string>();
        if (match is not null)
        {
            filters.Add("texts MATCH $match");
            Add(command, "$match", isForReaders ? $"{ColumnsForReaders} : ({match})" : match);
        }

        if (isForReaders)
        {
            filters.Add("is_public");
        }

        if (query.Year is { } year)
        {
            filters.Add("year = $year");
            Add(command, "$year", year);
        }

        foreach (var (number, tag) in query.Tags.Index())
        {
            filters.Add($"EXISTS (SELECT 1 FROM tags WHERE tags.tag = $tag{number} AND tags.id = posts.id)");
            Add(command, $"$tag{number}", tag.Key);
        }

        Add(command, "$most", most);
        command.CommandText =
            "SELECT post FROM posts "
            + (match is null ? "" : "JOIN texts ON texts.rowid = posts.id ")
            + (filters.Count == 0 ? "" : $"WHERE {string.Join(" AND ", filters)} ")
            + $"ORDER BY {(match is null ? "" : $"bm25(texts, {Weights}), ")}date DESC, post LIMIT $most";
        using var reader = command.ExecuteReader();
        var found = new List<PostId>();
        while (reader.Read())
        {
            found.Add(new PostId(reader.GetString(0)));
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Run(string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Create(text, values);
        command.ExecuteNonQuery();
    }

    private object? Scalar(string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Create(text, values);
        return command.ExecuteScalar();
    }

    [SuppressMessage("Security", "CA2100", Justification = "All texts are constants of this class.")]
    private SqliteCommand Create(string text, ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values)
        {
            Add(command, name, value);
        }

        return command;
    }

    private static void Add(SqliteCommand command, string name, object value) =>
        command.Parameters.AddWithValue(name, value);
}

using System.Xml;

namespace ServerlessBlog.Import.WordPress;

/// <summary>
/// Reads a WordPress export (WXR 1.0 to 1.2) element by element: memory holds one item. Elements are known by their
/// local names, as the addresses of the namespaces differ between versions.
/// </summary>
internal sealed class WxrReader : IDisposable
{
    /// <summary>The maximum size of a file: 512 MiB.</summary>
    private const long MaxBytes = 512L * 1024 * 1024;

    /// <summary>The maximum length of a text, in characters: what a post can have.</summary>
    private const int MaxText = 1024 * 1024;

    private const int MaxItems = 200_000;
    private const int MaxChildren = 50_000;

    private readonly XmlReader _xml;

    /// <summary>Opens a file.</summary>
    /// <exception cref="ImportException">It is too large.</exception>
    public WxrReader(FileInfo file)
    {
        if (file.Length > MaxBytes)
        {
            throw new ImportException($"{file.Name} has more than 512 MiB: export the blog in parts, by year.");
        }

        _xml = XmlReader.Create(
            file.OpenRead(),
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                CheckCharacters = false,
                CloseInput = true,
            }
        );
    }

    /// <summary>The texts of the channel that were read so far: its title and addresses.</summary>
    public Dictionary<string, string> Channel { get; } = new(StringComparer.Ordinal);

    /// <summary>The authors that were read so far, each by the local names of its elements.</summary>
    public List<IReadOnlyDictionary<string, string>> Authors { get; } = [];

    /// <summary>Reads all items.</summary>
    /// <exception cref="ImportException">The file is no such export.</exception>
    public IEnumerable<WxrItem> ReadItems()
    {
        var isChannel = false;
        for (var count = 0; Read(); )
        {
            if (_xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            isChannel |= _xml.LocalName == "channel";
            if (_xml is { Depth: 0, LocalName: not "rss" })
            {
                throw Invalid("it does not begin with rss");
            }

            if (_xml.LocalName == "item")
            {
                yield return ++count <= MaxItems ? ReadItem() : throw Invalid($"it has more than {MaxItems:N0} items");
            }
            else if (_xml.LocalName == "author" && _xml.Depth == 2)
            {
                Authors.Add(ReadChildren().ToDictionary());
            }
            else if (_xml.Depth == 2)
            {
                Channel.TryAdd(_xml.LocalName, ReadText());
            }
        }

        if (!isChannel)
        {
            throw Invalid("it has no channel");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _xml.Dispose();

    private WxrItem ReadItem()
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var item = new WxrItem(fields);
        var count = 0;
        foreach (var _ in ReadInnerElements())
        {
            if (++count > MaxChildren)
            {
                throw Invalid($"an item has more than {MaxChildren:N0} elements");
            }

            ReadChild(item, fields);
        }

        return item;
    }

    private void ReadChild(WxrItem item, Dictionary<string, string> fields)
    {
        switch (_xml.LocalName)
        {
            case "comment":
                item.Comments.Add(ReadChildren().ToDictionary());
                break;
            case "postmeta":
                var meta = ReadChildren().ToDictionary();
                item.Meta.TryAdd(meta.GetValueOrDefault("meta_key", ""), meta.GetValueOrDefault("meta_value", ""));
                break;
            case "category":
                var list = _xml.GetAttribute("domain") switch
                {
                    "category" => item.Categories,
                    "post_tag" or "tag" => item.Tags,
                    _ => [],
                };
                list.Add(ReadText());
                break;
            default:
                var isExcerpt = _xml.NamespaceURI.Contains("excerpt", StringComparison.Ordinal);
                fields.TryAdd(isExcerpt ? "excerpt" : _xml.LocalName, ReadText());
                break;
        }
    }

    /// <summary>Reads the texts of the elements inside of this one.</summary>
    private Children ReadChildren()
    {
        var children = new Children();
        foreach (var name in ReadInnerElements())
        {
            children.Add(name, ReadText());
        }

        return children;
    }

    /// <summary>Moves to each element directly inside of this one, and gives its local name.</summary>
    private IEnumerable<string> ReadInnerElements()
    {
        var (depth, isEmpty) = (_xml.Depth, _xml.IsEmptyElement);
        while (!isEmpty && Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType == XmlNodeType.Element && _xml.Depth == depth + 1)
            {
                yield return _xml.LocalName;
            }
        }
    }

    /// <summary>Reads the text of an element up to its limit; what is inside of inner elements is skipped.</summary>
    private string ReadText()
    {
        var (text, depth, isEmpty) = (new StringBuilder(), _xml.Depth, _xml.IsEmptyElement);
        var buffer = new char[8 * 1024];
        while (!isEmpty && Read() && _xml.Depth > depth)
        {
            if (
                _xml.NodeType
                is not (
                    XmlNodeType.Text
                    or XmlNodeType.CDATA
                    or XmlNodeType.SignificantWhitespace
                    or XmlNodeType.Whitespace
                )
            )
            {
                continue;
            }

            for (
                var count = _xml.ReadValueChunk(buffer, 0, buffer.Length);
                count > 0;
                count = _xml.ReadValueChunk(buffer, 0, buffer.Length)
            )
            {
                text.Append(buffer, 0, Math.Min(count, MaxText + 1 - text.Length));
            }
        }

        return text.ToString();
    }

    private bool Read()
    {
        try
        {
            return _xml.Read();
        }
        catch (XmlException problem)
        {
            throw Invalid(problem.Message.TrimEnd('.'));
        }
    }

    private static ImportException Invalid(string reason) =>
        new($"This is no export of WordPress ({reason}): make one with Tools, Export, and name its XML file.");

    private sealed class Children
    {
        private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

        public void Add(string name, string text) => _texts.TryAdd(name, text);

        public IReadOnlyDictionary<string, string> ToDictionary() => _texts;
    }
}

using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ServerlessBlog.Import;

/// <summary>
/// Reads a comment that is a file of YAML: names with texts, which keep their lines. What YAML would read as a number
/// or a truth value stays the text that it is.
/// </summary>
internal static partial class CommentFields
{
    /// <summary>The maximum size of a file, in bytes: 512 KiB.</summary>
    public const int MaxBytes = 512 * 1024;

    /// <summary>
    /// Reads the fields. Null when the text is no mapping of names to texts; lists and mappings are skipped. Lines of a
    /// quoted text that begin at the margin are taken as libyaml does, which Jekyll and Staticman use.
    /// </summary>
    public static IReadOnlyDictionary<string, string?>? TryRead(string yaml) =>
        Read(yaml) ?? (LineAtMargin().IsMatch(yaml) ? Read(LineAtMargin().Replace(yaml, " $0")) : null);

    private static Dictionary<string, string?>? Read(string yaml)
    {
        try
        {
            var parser = new Parser(new StringReader(yaml));
            parser.Consume<StreamStart>();
            parser.Consume<DocumentStart>();
            parser.Consume<MappingStart>();
            var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var name = parser.Consume<Scalar>().Value;
                if (parser.TryConsume<Scalar>(out var scalar))
                {
                    fields[name] = IsNull(scalar) ? null : scalar.Value;
                }
                else
                {
                    parser.SkipThisAndNestedEvents();
                }
            }

            return fields;
        }
        catch (Exception problem) when (problem is YamlException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The start of a line that begins neither a field nor a document.</summary>
    [GeneratedRegex(@"(?m)^(?![\w-]+:(?:\s|$)|---|\s|#|-\s)(?=.)")]
    private static partial Regex LineAtMargin();

    private static bool IsNull(Scalar scalar) =>
        scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };
}

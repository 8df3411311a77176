namespace ServerlessBlog.Media;

/// <summary>
/// A file name that is safe in addresses, made from that of an uploaded file: "Côte d'Azur (2).JPEG" becomes
/// "cote-d-azur-2.jpeg".
/// </summary>
/// <param name="Stem">
/// The name without extension: 1 to 80 letters, digits and single inner hyphens, see <see cref="PlainName"/>.
/// </param>
/// <param name="Ending">
/// The extension: a dot and 1 to 10 letters, digits and single inner hyphens; empty for none.
/// </param>
public sealed record MediaName(string Stem, string Ending)
{
    private const int MaxStem = 80;
    private const int MaxEnding = 10;

    /// <summary>
    /// Makes a name from any file name or path. The stem is "file" when no character of it can be kept.
    /// </summary>
    public static MediaName FromFileName(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var dot = name.LastIndexOf('.');
        var extension = dot < 0 ? "" : PlainName.From(name[(dot + 1)..], MaxEnding);
        var stem = PlainName.From(dot < 0 ? name : name[..dot], MaxStem);
        return new MediaName(stem.Length == 0 ? "file" : stem, extension.Length == 0 ? "" : "." + extension);
    }

    /// <summary>The stem with the extension.</summary>
    public override string ToString() => Stem + Ending;
}

namespace ServerlessBlog.Media;

/// <summary>A plain name for a file that somebody sends: "Côte d'Azur (2).JPEG" becomes "c-te-d-azur-2.jpeg".</summary>
/// <param name="Stem">1 to 80 characters of a-z, 0-9 and single inner hyphens.</param>
/// <param name="Ending">A dot, and 1 to 10 characters of a-z and 0-9; empty for none.</param>
public sealed record MediaName(string Stem, string Ending)
{
    private const int MaxStem = 80;
    private const int MaxEnding = 10;

    /// <summary>Of any name; one with nothing to keep becomes "file".</summary>
    public static MediaName FromFileName(string sent)
    {
        var name = sent[(sent.LastIndexOfAny(['/', '\\']) + 1)..];
        var dot = name.LastIndexOf('.');
        var ending = dot < 0 ? "" : PlainName.From(name[(dot + 1)..], MaxEnding);
        var stem = PlainName.From(dot < 0 ? name : name[..dot], MaxStem);
        return new MediaName(stem.Length == 0 ? "file" : stem, ending.Length == 0 ? "" : "." + ending);
    }

    /// <summary>The whole name.</summary>
    public override string ToString() => Stem + Ending;
}

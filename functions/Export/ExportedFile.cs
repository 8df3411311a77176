namespace ServerlessBlog.Export;

/// <summary>A file of an export.</summary>
/// <param name="Name">The path inside the folder of the export, with slashes.</param>
/// <param name="Content">The content.</param>
public sealed record ExportedFile(string Name, BinaryData Content)
{
    /// <summary>Creates a text file in UTF-8.</summary>
    public static ExportedFile FromText(string name, string text) => new(name, BinaryData.FromString(text));
}

namespace ServerlessBlog.Hosting.Storage;

/// <summary>The version of a blob: its ETag.</summary>
public static class BlobVersion
{
    /// <summary>The maximum length of an ETag in characters; storage's are shorter.</summary>
    private const int MaxLength = 64;

    /// <summary>Whether a text from outside can be sent to storage as an ETag.</summary>
    public static bool IsValid(string version) =>
        version.Length is > 0 and <= MaxLength
        && version.All(character => char.IsAsciiLetterOrDigit(character) || character is '"' or '-');
}

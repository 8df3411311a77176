namespace ServerlessBlog.Hosting.Storage;

/// <summary>The rule for names of the author's blobs.</summary>
public static class BlobNames
{
    /// <summary>
    /// Whether a name has neither an empty segment, as with a leading slash, nor one of dots. Clients resolve such
    /// names to those of other blobs (RFC 3986, section 5.2.4), so no storage call may be made with one.
    /// </summary>
    public static bool IsUsable(string name) => !name.Split('/').Any(segment => segment is "" or "." or "..");
}

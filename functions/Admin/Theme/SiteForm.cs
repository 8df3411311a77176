using ServerlessBlog.Posts.Theme;

namespace ServerlessBlog.Admin.Theme;

/// <summary>The fields of the site page.</summary>
/// <param name="Before">
/// The file that the form was made of, with LF line ends; it tells which fields were changed.
/// </param>
/// <param name="Fields">The text of each field of <see cref="EditableSite.Names"/>.</param>
public sealed record SiteForm(string Before, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>What the names of the fields begin with in the form.</summary>
    public const string Prefix = "profile-";

    /// <summary>Name of the problem that belongs to no field.</summary>
    public const string Whole = "form";

    /// <summary>Error messages by field, or by <see cref="Whole"/>.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>();

    /// <summary>Makes the form of a file.</summary>
    /// <param name="file">The file, with LF line ends.</param>
    /// <param name="site">Its fields.</param>
    public static SiteForm From(string file, EditableSite site) =>
        new(file, EditableSite.Names.ToDictionary(name => name, name => site[name]));

    /// <summary>Returns the form with another text in a field.</summary>
    public SiteForm With(string name, string text) =>
        this with
        {
            Fields = new Dictionary<string, string>(Fields) { [name] = text },
        };
}

/// <summary>The result of saving the site page.</summary>
/// <param name="Form">The form as sent, with error messages; after a conflict, made of the file as it is now.</param>
/// <param name="SavedVersion">The ETag of the saved file; null when nothing was saved.</param>
/// <param name="IsConflict">True when somebody else has changed the same field meanwhile.</param>
public sealed record SiteSaveResult(SiteForm Form, string? SavedVersion, bool IsConflict = false);

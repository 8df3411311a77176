using ServerlessBlog.Media;
using ServerlessBlog.Posts.Theme;

namespace ServerlessBlog.Admin.Theme;

/// <summary>
/// Saves the fields of <c>theme/site.yml</c>. Fields that were not changed in the form keep what the file says now, so
/// two people who change different fields do not disturb each other.
/// </summary>
public sealed class SiteEditor(ThemeFiles theme, MediaUploads media, SiteTextsProvider words)
{
    /// <summary>Number of attempts to write while others write too: each reads the file again.</summary>
    private const int MaxAttempts = 5;

    private const string PictureSuffix = "-file";

    private static readonly string[] Pictures = ["logo", "icon"];

    /// <summary>Stores a picture, and puts its address into its field; else the reason why it was refused.</summary>
    /// <param name="form">The form.</param>
    /// <param name="input">Name of the file input, such as <c>profile-logo-file</c>.</param>
    /// <param name="fileName">File name on the author's machine.</param>
    /// <param name="content">The content; must be seekable.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects; the file may be stored.</param>
    public async Task<SiteForm> AddPictureAsync(
        SiteForm form,
        string input,
        string fileName,
        Stream content,
        CancellationToken cancellationToken
    )
    {
        if (Array.Find(Pictures, name => SiteForm.Prefix + name + PictureSuffix == input) is not { } field)
        {
            return form;
        }

        var upload = await media.StoreAsync(fileName, content, cancellationToken);
        return upload.Path is { } path
            ? form.With(field, path.Link)
            : form with
            {
                Problems = new Dictionary<string, string>(form.Problems) { [field] = upload.Problem! },
            };
    }

    /// <summary>Checks and saves the changed fields. The result has the form as it was sent.</summary>
    public async Task<SiteSaveResult> SaveAsync(SiteForm form, CancellationToken cancellationToken)
    {
        for (var attempt = 1; form.Problems.Count == 0 && attempt <= MaxAttempts; attempt++)
        {
            if (await TrySaveAsync(form, cancellationToken) is { } result)
            {
                return result;
            }
        }

        return form.Problems.Count > 0
            ? new SiteSaveResult(form, null)
            : Refused(form, (await words.CurrentAsync(cancellationToken))["site.busy"]);
    }

    /// <summary>Null when somebody else has written the file between reading and writing.</summary>
    private async Task<SiteSaveResult?> TrySaveAsync(SiteForm form, CancellationToken cancellationToken)
    {
        var texts = await words.CurrentAsync(cancellationToken);
        var file = await theme.FindAsync(ThemeFiles.SiteFile, cancellationToken);
        var text = file is null ? "" : ThemeText.Decode(ThemeFiles.SiteFile, file.Bytes);
        if (
            text is null
            || EditableSite.TrySplit(text) is not { } now
            || EditableSite.TrySplit(form.Before) is not { } before
        )
        {
            return Refused(form, texts["site.changed-as-text"]);
        }

        var changed = EditableSite.Names.Where(name => form.Fields[name] != before[name]).ToHashSet();
        var conflicts = changed
            .Where(name => now[name] != before[name] && now[name] != form.Fields[name])
            .ToDictionary(name => name, name => texts.Format("site.meanwhile", ("value", now[name])));
        if (conflicts.Count > 0)
        {
            return new SiteSaveResult(Rebase(form, text, now, changed) with { Problems = conflicts }, null, true);
        }

        var saved = now.With(name => changed.Contains(name) ? form.Fields[name] : now[name]);
        if (FindProblems(saved) is { Count: > 0 } problems)
        {
            return new SiteSaveResult(form with { Problems = problems }, null);
        }

        var version =
            saved == text
                ? file?.Version ?? ""
                : await theme.WriteAsync(ThemeFiles.SiteFile, saved, file?.Version ?? "", cancellationToken);
        return version is null ? null : new SiteSaveResult(form, version);
    }

    /// <summary>The form on the file as it is now: saving it again writes the fields that were changed in it.</summary>
    private static SiteForm Rebase(SiteForm form, string text, EditableSite now, HashSet<string> changed) =>
        new(
            text,
            EditableSite.Names.ToDictionary(
                name => name,
                name => changed.Contains(name) ? form.Fields[name] : now[name]
            )
        );

    private static Dictionary<string, string> FindProblems(string text)
    {
        if (ThemeCheck.FindSizeProblem(ThemeFiles.SiteFile, Encoding.UTF8.GetByteCount(text)) is { } tooLarge)
        {
            return new() { [SiteForm.Whole] = tooLarge };
        }

        var read = SiteProfileReader.Read(text);
        return read.Problem is { } problem
            ? new() { [SiteForm.Whole] = problem }
            : read.Invalid.ToDictionary(invalid => FieldOf(invalid.Key), invalid => invalid.Value);
    }

    /// <summary>The field of a key: <c>accent.light</c> is in <c>accent-light</c>.</summary>
    private static string FieldOf(string key) =>
        key.Replace('.', '-') is var field && EditableSite.Names.Contains(field) ? field : SiteForm.Whole;

    private static SiteSaveResult Refused(SiteForm form, string problem) =>
        new(form with { Problems = new Dictionary<string, string> { [SiteForm.Whole] = problem } }, null);
}

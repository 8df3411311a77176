using ServerlessBlog.Media;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Posts;

/// <summary>View of the post editor.</summary>
/// <param name="Site">Layout data that every page shows.</param>
/// <param name="Form">Values of the fields.</param>
/// <param name="Messages">Messages beside the form.</param>
public sealed record PostEditorView(SiteLayout Site, PostEditorForm Form, EditorMessages Messages)
{
    /// <summary>
    /// Maximum length of the text in the browser, in characters: more than a file may have, so that a browser does not
    /// silently cut off what an author pastes.
    /// </summary>
    private const int MaxTyped = 4 * PostFile.MaxBytes;

    /// <summary>Maximum length of a field in the browser; validation has shorter limits with a message.</summary>
    private const int MaxField = 2000;

    private SiteTexts Texts => Site.Texts;

    /// <summary>
    /// The file in fields and text; null when its front matter cannot be edited so, and the file is shown as a whole.
    /// </summary>
    public EditablePost? Parts { get; } = EditablePost.TrySplit(Form.Text);

    /// <summary>True for the form of a new post into which nothing was written.</summary>
    public bool IsEmpty => Form.Text.Length == 0;

    /// <summary>Heading: the file name, or "New post".</summary>
    public string Title => Form.IsNew ? Texts["admin.new-post"] : Form.Name;

    /// <summary>The fields above the text.</summary>
    public IReadOnlyList<FieldView> Fields =>
        Parts is null
            ? []
            :
            [
                FieldFor("title", Parts.Fields.Title) with
                {
                    IsRequired = true,
                },
                FieldFor("tags", Parts.Fields.Tags),
                FieldFor("date", Parts.Fields.Date),
                FieldFor("summary", Parts.Fields.Summary),
                FieldFor("picture", Parts.Fields.Picture),
            ];

    /// <summary>Field of the other front matter.</summary>
    public FieldView Others =>
        FieldFor("others", Parts!.Fields.Others) with
        {
            Type = "textarea",
            MaxLength = MaxTyped,
        };

    /// <summary>Whether a message is at a field that is folded away at first.</summary>
    public bool HasProblemInMore => Messages.NameProblem is not null;

    /// <summary>Field of the file name, for a new file.</summary>
    public FieldView Name =>
        FieldFor("name", Form.Name) with
        {
            MaxLength = PostFileName.MaxLength,
            Problem = Messages.NameProblem,
        };

    /// <summary>Field of the text, or of the whole file when it cannot be edited in fields.</summary>
    public FieldView Text =>
        FieldFor("text", Parts?.Body ?? Form.Text) with
        {
            Type = "textarea",
            MaxLength = MaxTyped,
            IsRequired = Parts is null,
            Hint = Texts[Parts is null ? "admin.editor-whole-hint" : "admin.editor-text-hint"],
            Problem = Messages.TextProblem,
        };

    /// <summary>The buttons. The first one is pressed by Enter in a field: it publishes nothing new.</summary>
    public IReadOnlyList<EditorButtonView> Buttons =>
        (Parts, Form.IsNew || Parts?.Fields.IsDraft == true) switch
        {
            (null, _) => [ButtonFor("save"), ButtonFor("preview", "second")],
            (_, true) => [ButtonFor("draft", "second"), ButtonFor("publish"), ButtonFor("preview", "second")],
            _ => [ButtonFor("update"), ButtonFor("draft-again", "second"), ButtonFor("preview", "second")],
        };

    /// <summary>Hint of the file field: types and size limit.</summary>
    public string FileHint =>
        Texts.Format(
            "admin.file-hint",
            ("most", (MediaUploads.MaxBytes / 1024 / 1024).ToString(CultureInfo.InvariantCulture))
        );

    /// <summary>Error messages, each with a link to its field.</summary>
    public IReadOnlyList<LinkView> Problems =>
        [
            .. Messages.NameProblem is { } name ? new[] { new LinkView(name, $"#{Name.Id}") } : [],
            .. Messages.TextProblem is { } text ? new[] { new LinkView(text, $"#{Text.Id}") } : [],
            .. Messages.FileProblem is { } file ? new[] { new LinkView(file, "#your-file") } : [],
        ];

    private FieldView FieldFor(string name, string value) =>
        new()
        {
            Name = name is "name" or "text" ? name : PostEditorForm.FieldPrefix + name,
            Label = Texts[$"admin.editor-{name}"],
            Type = "text",
            MaxLength = MaxField,
            Autocomplete = "off",
            Hint = name is "title" or "summary" ? null : Texts[$"admin.editor-{name}-hint"],
            Value = value,
        };

    private EditorButtonView ButtonFor(string name, string? style = null) =>
        new(name == "draft-again" ? "draft" : name, Texts[$"admin.button-{name}"], style);
}

/// <summary>Button of the post editor.</summary>
/// <param name="Action">Value that the form sends, see <see cref="EditorAction"/>.</param>
/// <param name="Text">Text of the button.</param>
/// <param name="Style">Class of the button; null for the ordinary one.</param>
public sealed record EditorButtonView(string Action, string Text, string? Style);

/// <summary>State of publishing of a saved file.</summary>
/// <param name="Sentence">State as a sentence.</param>
/// <param name="Lines">Further lines of the report, one sentence each.</param>
/// <param name="Link">Link to the post or, while it is being published, to this page again; null for none.</param>
/// <param name="Details">Link to the page of the post; null when there is none yet.</param>
/// <param name="IsPending">True while the file is being published.</param>
public sealed record PublishStateView(
    string Sentence,
    IReadOnlyList<string> Lines,
    LinkView? Link,
    LinkView? Details = null,
    bool IsPending = false
);

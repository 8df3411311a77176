using ServerlessBlog.Comments;
using ServerlessBlog.Words;

namespace ServerlessBlog.Pages;

// What the pages are given to show: finished words and addresses, no rules. Razor encodes every string, except
// those named ...Html, which are written as they are and must be safe already.

/// <summary>What every page's frame shows.</summary>
/// <param name="BlogTitle">The name of the blog.</param>
/// <param name="BaseUrl">Absolute, without a slash at the end; used for canonical links only.</param>
/// <param name="StyleAddress">Where the one stylesheet is, for example <c>/style.css?v=abc</c>.</param>
/// <param name="ScriptAddress">Where the script is that some pages have and none needs.</param>
/// <param name="Menu">Links to static pages; may be empty.</param>
/// <param name="HeadHtml">What the owner adds to every page's head; null for nothing. Trusted: written as it is.</param>
/// <param name="Policy">The Content-Security-Policy of every page.</param>
public sealed record Frame(
    string BlogTitle, string BaseUrl, string StyleAddress, string ScriptAddress, IReadOnlyList<LinkView> Menu, string? HeadHtml, string Policy)
{
    /// <summary>The blog's own words.</summary>
    public Texts Texts { get; init; } = Texts.BuiltIn;

    /// <summary>In which direction those are read: "ltr" or "rtl".</summary>
    public string Direction => LanguageTag.IsRightToLeft(Texts.Language) ? "rtl" : "ltr";

    /// <summary>For a page whose address carries a right: what the owner adds may hold a script that tells others where it ran.</summary>
    public Frame Private => this with { HeadHtml = null };

    /// <summary>For moderators, whose pages are in English throughout.</summary>
    public Frame ForDesk => this with { HeadHtml = null, Texts = Texts.BuiltIn };
}

/// <summary>What the layout is told about the page inside it.</summary>
/// <param name="Frame">What every page shows.</param>
/// <param name="Title">The page's own title; null on the home page, whose title is the blog's.</param>
/// <param name="CanonicalPath">The page's permanent path; null when it has none.</param>
/// <param name="Description">One or two sentences for search engines and previews; null to leave them out.</param>
/// <param name="IsPrivate">True keeps the page out of search engines and its address out of other sites' logs.</param>
/// <param name="IsHome">True when the blog's title is the page's own heading.</param>
/// <param name="Article">What previews say of a post; null for any other page.</param>
/// <param name="HasScript">Whether the script has anything to do here.</param>
/// <param name="IsDesk">True on the desk, whose forms must tell the blog where they come from.</param>
public sealed record LayoutView(
    Frame Frame,
    string? Title,
    string? CanonicalPath = null,
    string? Description = null,
    bool IsPrivate = false,
    bool IsHome = false,
    ArticleMeta? Article = null,
    bool HasScript = false,
    bool IsDesk = false);

/// <summary>What previews say of a post (https://ogp.me/).</summary>
/// <param name="Published">When it was published.</param>
/// <param name="Modified">When it last changed.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Image">The absolute address of its picture; null for none.</param>
/// <param name="ImageAlt">What the picture shows; null for nothing to say.</param>
public sealed record ArticleMeta(DateTimeOffset Published, DateTimeOffset Modified, IReadOnlyList<string> Tags, string? Image, string? ImageAlt);

/// <summary>A page of the comments that everybody sees.</summary>
/// <param name="Threads">Those of this page, in the order they were shown.</param>
/// <param name="Total">How many comments there are on all pages.</param>
/// <param name="Page">Which page, from 1.</param>
/// <param name="Pages">How many pages there are, at least 1.</param>
/// <param name="Span">Which threads are on this page; null when it has all of them.</param>
/// <param name="EarlierAddress">The page before this one; null on the first.</param>
/// <param name="LaterAddress">The page after this one; null on the last.</param>
/// <param name="HasReplies">Whether comments can be answered.</param>
public sealed record ConversationView(
    IReadOnlyList<CommentView> Threads, int Total, int Page, int Pages, ThreadSpan? Span, string? EarlierAddress, string? LaterAddress, bool HasReplies);

/// <summary>Some of the threads that there are.</summary>
/// <param name="First">The number of the first, from 1.</param>
/// <param name="Last">The number of the last.</param>
/// <param name="All">How many there are.</param>
public sealed record ThreadSpan(int First, int Last, int All);

/// <summary>A comment that everybody sees, or the empty place of one that was taken away while others answer it.</summary>
/// <param name="Number">Its number in the conversation, from 1; hidden comments leave gaps.</param>
/// <param name="Author">The name its writer gave.</param>
/// <param name="Face">What stands beside the name; null for an empty place.</param>
/// <param name="IsByAuthor">Whether one of the blog's authors wrote it at the desk.</param>
/// <param name="Website">The writer's website, known to be http or https; null when none was given.</param>
/// <param name="Date">When it was written, in the blog's time zone.</param>
/// <param name="BodyHtml">Its text, sanitised. Trusted: written as it is. Null for an empty place.</param>
/// <param name="Answers">Whom it answers, where that is not the comment right above; null where it is.</param>
/// <param name="Replies">Those below it.</param>
public sealed record CommentView(
    int Number, string Author, FaceView? Face, bool IsByAuthor, string? Website, DateTimeOffset Date, string? BodyHtml, LinkView? Answers, IReadOnlyList<CommentView> Replies);

/// <summary>The form to leave a comment: what was typed and what was wrong with it.</summary>
/// <param name="Name">The name typed; empty at first.</param>
/// <param name="Email">The e-mail address typed; empty at first.</param>
/// <param name="Website">The website typed; empty at first.</param>
/// <param name="Text">The comment typed; empty at first.</param>
/// <param name="Answers">The number of the comment that is answered, as typed; empty for none.</param>
/// <param name="Token">What the page's script has fetched; empty for none.</param>
/// <param name="Problems">What is to be said of each field by its name: name, email, website, answers, comment; or form for all of it.</param>
/// <param name="PreviewHtml">What the comment would look like, sanitised. Trusted: written as it is. Null when nobody asked.</param>
public sealed record CommentFormView(
    string Name,
    string Email,
    string Website,
    string Text,
    string Answers,
    string Token,
    IReadOnlyDictionary<string, Wording> Problems,
    string? PreviewHtml = null)
{
    /// <summary>The name of the field that people do not see.</summary>
    public const string Trap = "subject";

    /// <summary>The form as a reader first meets it.</summary>
    public static CommentFormView Empty { get; } = new("", "", "", "", "", "", new Dictionary<string, Wording>());

    /// <summary>The form as it was sent.</summary>
    public static CommentFormView Of(CommentOffer offer) =>
        new(offer.Name, offer.Email, offer.Website, offer.Text, offer.Answers, offer.Token, new Dictionary<string, Wording>());
}

/// <summary>One field of a form, with its label, hint and problem.</summary>
/// <param name="Name">The name it is sent under.</param>
/// <param name="Label">What it is for.</param>
/// <param name="Type">The type of its input, or <c>textarea</c>.</param>
/// <param name="MaxLength">The most characters it takes.</param>
/// <param name="IsRequired">Whether the form may be sent without it.</param>
/// <param name="Autocomplete">What a browser may fill in; null for nothing.</param>
/// <param name="Hint">A sentence below the label; null for none.</param>
/// <param name="Value">What was typed.</param>
/// <param name="Problem">What is wrong with it, in one sentence; null for nothing.</param>
public sealed record FieldView(
    string Name,
    string Label,
    string Type,
    int MaxLength,
    bool IsRequired,
    string? Autocomplete,
    string? Hint,
    string Value,
    string? Problem)
{
    /// <summary>The id of the control itself. Prefixed, because a heading of the post may own the plain word.</summary>
    public string Id => $"your-{Name}";

    /// <summary>What stands after the label, such as "(optional)"; null for nothing.</summary>
    public string? Remark { get; init; }

    /// <summary>The ids of the hint and the problem, as many as there are; null when there is neither.</summary>
    public string? DescribedBy => (Hint, Problem) switch
    {
        (null, null) => null,
        (_, null) => $"{Id}-hint",
        (null, _) => $"{Id}-problem",
        _ => $"{Id}-hint {Id}-problem",
    };
}

/// <summary>What the writer of a comment, and nobody else, sees of it after sending it.</summary>
/// <param name="State">Completes "Your comment is ...", for example "waiting for moderation".</param>
/// <param name="BodyHtml">Its text, sanitised. Trusted: written as it is.</param>
/// <param name="Author">The name its writer gave.</param>
/// <param name="Date">When it was written, in the blog's time zone.</param>
/// <param name="OwnAddress">Where its writer can change it, or take it back.</param>
public sealed record ReceiptView(string State, string BodyHtml, string Author, DateTimeOffset Date, string OwnAddress);

/// <summary>A page that says one thing: nothing is here, it is gone, comments are closed, something went wrong.</summary>
/// <param name="Frame">What every page shows.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Sentence">The same for a person, and what to do.</param>
/// <param name="Detail">Small print, such as the id under which an error was logged; null for none.</param>
/// <param name="Newest">Posts to read instead; may be empty.</param>
public sealed record MessageView(Frame Frame, string Title, string Sentence, string? Detail, IReadOnlyList<LinkView> Newest);

/// <summary>What a moderator sees who follows a link from a mail: a comment and one button.</summary>
/// <param name="Frame">What every page shows.</param>
/// <param name="Act">What the link allows, verb first: "Approve", "Mark as spam".</param>
/// <param name="CanAct">False when there is nothing left to do; only the state is shown then.</param>
/// <param name="StateInWords">Completes "This comment is ...", for example "waiting for moderation".</param>
/// <param name="PostTitle">The title of the post it was written to.</param>
/// <param name="PostPath">The address of that post.</param>
/// <param name="Author">The name its writer gave.</param>
/// <param name="Email">The e-mail address its writer gave.</param>
/// <param name="Website">The website its writer gave; null for none.</param>
/// <param name="Date">When it was written, in the blog's time zone.</param>
/// <param name="Text">What was typed, shown as text with its white space.</param>
/// <param name="Reasons">Why it is in its state, one sentence each; may be empty.</param>
/// <param name="Version">The comment's version, see <see cref="Comments.Comment.Version"/>: the act is for that.</param>
/// <param name="ActionAddress">Where the button posts to.</param>
public sealed record ReviewView(
    Frame Frame,
    string Act,
    bool CanAct,
    string StateInWords,
    string PostTitle,
    string PostPath,
    string Author,
    string Email,
    string? Website,
    DateTimeOffset Date,
    string Text,
    IReadOnlyList<string> Reasons,
    int Version,
    string ActionAddress)
{
    /// <summary>The act with its object: "Approve this comment", "Mark this comment as spam".</summary>
    public string ActInWords => Act.Split(' ', 2) is [var verb, var rest]
        ? $"{verb} this comment {rest}"
        : $"{Act} this comment";
}

/// <summary>What the writer of a comment sees of it, by the link that came with it.</summary>
/// <param name="Frame">What every page shows.</param>
/// <param name="State">Completes "Your comment is ...".</param>
/// <param name="IsRevised">Whether another text waits to be judged.</param>
/// <param name="Reasons">Why it is in its state, one sentence each; may be empty.</param>
/// <param name="PostTitle">The title of the post it was written to.</param>
/// <param name="PostPath">Where it stands, or is to stand.</param>
/// <param name="Date">When it was written, in the blog's time zone.</param>
/// <param name="BodyHtml">Its text, sanitised. Trusted: written as it is.</param>
/// <param name="Text">The field to change the text; null when that is over.</param>
/// <param name="IsWithdrawn">Whether it was taken back.</param>
/// <param name="IsErased">Whether nothing is left of it.</param>
/// <param name="ActionAddress">Where the buttons post to.</param>
public sealed record OwnCommentView(
    Frame Frame,
    string State,
    bool IsRevised,
    IReadOnlyList<string> Reasons,
    string PostTitle,
    string PostPath,
    DateTimeOffset Date,
    string BodyHtml,
    FieldView? Text,
    bool IsWithdrawn,
    bool IsErased,
    string ActionAddress)
{
    /// <summary>Why the text was not changed, where there is no field any more to say it at; null for nothing.</summary>
    public string? Problem { get; init; }
}

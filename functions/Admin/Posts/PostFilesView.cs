using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Posts;

/// <summary>View of a page of the list of Markdown files.</summary>
/// <param name="Site">Layout data that every page shows.</param>
/// <param name="Prefix">Prefix of the file names; empty for all files.</param>
/// <param name="Files">The files, with times in the blog's time zone.</param>
/// <param name="NextAddress">Address of the next page; null on the last.</param>
public sealed record PostFilesView(
    SiteLayout Site,
    string Prefix,
    IReadOnlyList<UploadEntry> Files,
    string? NextAddress
);

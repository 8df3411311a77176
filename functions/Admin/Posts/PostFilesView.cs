using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Posts;

/// <summary>A part of the list of the author's files.</summary>
/// <param name="Site">What every page shows.</param>
/// <param name="Beginning">How their names begin; empty for any.</param>
/// <param name="Files">The files, their times in the blog's time zone.</param>
/// <param name="NextAddress">Where the list goes on; null when it does not.</param>
public sealed record PostFilesView(
    SiteLayout Site,
    string Beginning,
    IReadOnlyList<UploadEntry> Files,
    string? NextAddress
);

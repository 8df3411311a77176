namespace ServerlessBlog.Admin.Failures;

/// <summary>A file that was not accepted.</summary>
/// <param name="Name">The file's.</param>
/// <param name="Date">When, in the blog's time zone.</param>
/// <param name="Lines">Why, one sentence each.</param>
/// <param name="EditAddress">Where it is mended; null for what is not written at the desk.</param>
public sealed record RefusedUploadView(
    string Name,
    DateTimeOffset Date,
    IReadOnlyList<string> Lines,
    string? EditAddress
);

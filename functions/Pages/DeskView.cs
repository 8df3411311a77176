namespace ServerlessBlog.Pages;

/// <summary>The desk's first page.</summary>
/// <param name="Frame">What every page shows.</param>
/// <param name="Name">Who is signed in.</param>
public sealed record DeskView(Frame Frame, string Name);

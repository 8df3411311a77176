namespace ServerlessBlog.Site.Comments;

/// <summary>Some of the threads that there are.</summary>
/// <param name="First">The number of the first, from 1.</param>
/// <param name="Last">The number of the last.</param>
/// <param name="All">How many there are.</param>
public sealed record ThreadRange(int First, int Last, int All);

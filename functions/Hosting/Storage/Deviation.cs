namespace ServerlessBlog.Hosting.Storage;

/// <summary>A row or blob that is not as another one says, found by the command <c>verify</c>.</summary>
/// <param name="Place">What deviates, in an author's words: a file, a comment, a page.</param>
/// <param name="Problem">What is wrong, without a full stop.</param>
/// <param name="MendAsync">
/// Mends it: false when it has changed meanwhile, so that it has to be looked at again. Null when no program can.
/// </param>
internal sealed record Deviation(string Place, string Problem, Func<CancellationToken, Task<bool>>? MendAsync);

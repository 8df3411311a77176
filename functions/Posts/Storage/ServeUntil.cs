namespace ServerlessBlog.Posts.Storage;

/// <summary>How long this instance may reuse a response without checking storage.</summary>
/// <param name="Until">The time at which the sources of the response must be checked again.</param>
/// <param name="Generation">
/// The value of <see cref="ChangeCounter"/> for which the response holds: it must be checked again at the next value.
/// </param>
public readonly record struct ServeUntil(DateTimeOffset Until, long Generation);

namespace ServerlessBlog.Posts.Storage;

/// <summary>How long this instance may answer the same without looking.</summary>
/// <param name="Until">When what it was made of is to be looked at again.</param>
/// <param name="Generation">The generation that it was made in: over with the next. Null: it changes too fast for that to matter.</param>
public readonly record struct ServeUntil(DateTimeOffset Until, long? Generation);

namespace ServerlessBlog.Web.Caching;

/// <summary>A page as the cache gives it.</summary>
/// <param name="Page">Null: there is nothing to show.</param>
/// <param name="Until">
/// Until when it is given out whatever changes, because it changes too fast to be waited for: it may be the state before the one that was asked for.
/// Null: it is the one that was asked for, and as good as that.
/// </param>
public readonly record struct CachedPage(EncodedPage? Page, DateTimeOffset? Until);

namespace ServerlessBlog.Pages;

/// <summary>A page as the cache gives it.</summary>
/// <param name="Page">Null: there is nothing to show.</param>
/// <param name="IsCurrent">False: it is the state before the one that was asked for, which is being made.</param>
public readonly record struct FoundPage(Page? Page, bool IsCurrent);

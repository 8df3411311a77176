namespace ServerlessBlog.Tests.Cost;

/// <summary>The names of the journeys that are counted, as they are in the stored counts.</summary>
public static class Journey
{
    /// <summary>A page that the instance has in memory.</summary>
    public const string WarmView = "a view, warm";

    /// <summary>A page that the instance has in memory, but whose revision it has to look up.</summary>
    public const string RevalidatedView = "a view, revalidated";

    /// <summary>A page that another instance has rendered.</summary>
    public const string NewView = "a view, new to the instance";

    /// <summary>The first view of a page after it has changed: it is rendered and kept.</summary>
    public const string RenderedView = "a view, rendered";

    /// <summary>A page with its style sheet, script and icon, as a browser loads them that has not been here.</summary>
    public const string FirstView = "a view by a new reader, new instance";

    /// <summary>The same, on an instance that has served other pages, but not this one.</summary>
    public const string FirstViewWarm = "a view by a new reader";

    /// <summary>A search on an instance that has the index.</summary>
    public const string Search = "a search";

    /// <summary>The first search of an instance, which copies the index.</summary>
    public const string FirstSearch = "a search, new to the instance";

    /// <summary>A post is uploaded, published and put into the index.</summary>
    public const string Post = "a post published";

    /// <summary>A comment that the rules approve.</summary>
    public const string ApprovedComment = "a comment approved";

    /// <summary>A comment that the rules hold, with the mail to the authors.</summary>
    public const string HeldComment = "a comment held";

    /// <summary>A comment that the rules take for spam.</summary>
    public const string SpamComment = "a comment taken for spam";

    /// <summary>A robot's comment: the form is posted, and nothing else is asked for.</summary>
    public const string RobotComment = "a robot's comment";

    /// <summary>The same, when the blog takes no more comments today.</summary>
    public const string RefusedComment = "a robot's comment, refused";

    /// <summary>A moderator opens the list of held comments and approves one.</summary>
    public const string ModeratorVisit = "a moderator's visit";

    /// <summary>An hour in which nothing happens.</summary>
    public const string Hour = "an hour of nothing";

    /// <summary>The night's housekeeping.</summary>
    public const string Night = "a night";
}

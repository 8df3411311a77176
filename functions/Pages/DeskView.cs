namespace ServerlessBlog.Pages;

/// <summary>A page of the comments in one state, and what can be done with them.</summary>
/// <param name="Frame">What every page shows.</param>
/// <param name="Name">Who is signed in.</param>
/// <param name="States">All states, with where their lists are.</param>
/// <param name="State">The one that is shown.</param>
/// <param name="Search">What is searched; empty for nothing.</param>
/// <param name="Post">The one post whose comments are shown; null for all.</param>
/// <param name="Comments">The comments.</param>
/// <param name="Acts">What can be done with those that are chosen.</param>
/// <param name="Address">This page's own, which its form posts to.</param>
/// <param name="NextAddress">Where the list goes on; null when it does not.</param>
/// <param name="Done">What has just been done; null for nothing.</param>
public sealed record DeskView(
    Frame Frame,
    string Name,
    IReadOnlyList<DeskStateView> States,
    DeskStateView State,
    string Search,
    DeskPostView? Post,
    IReadOnlyList<DeskCommentView> Comments,
    IReadOnlyList<DeskActView> Acts,
    string Address,
    string? NextAddress,
    DeskDoneView? Done);

using System.Text.RegularExpressions;
using ServerlessBlog.Admin.Posts;
using ServerlessBlog.Hosting.Local;

namespace ServerlessBlog.Tests.Repository;

/// <summary>The rules of the house: which room knows which, who sees storage and HTTP, and how long a file may be.</summary>
public sealed partial class ArchitectureTests
{
    /// <summary>The arrows between rooms. Beside them everybody knows Hosting, and Program ("") knows all.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Pages"] = ["Posts", "Comments", "Notices", "Media", "Desk", "Words"],
        ["Desk"] = ["Posts", "Comments", "Notices", "Words"],
        ["Comments"] = ["Posts", "Notices", "Words"],
        ["Posts"] = ["Notices", "Media", "Words"],
        ["Notices"] = [],
        ["Media"] = [],
        ["Words"] = [],
        ["Hosting"] = [],
        ["Hosting.Local"] = ["", "Posts", "Desk"],
    };

    /// <summary>The types of use cases that stand among the pages, and see HTTP as little as any other.</summary>
    private static readonly Type[] UseCasesAmongPages =
    [
        typeof(PostEditor),
        typeof(PostEditorRequest),
        typeof(PostEditorResult),
        typeof(PostEditorForm),
        typeof(EditorMessages),
    ];

    private static readonly IReadOnlyList<(Type Who, Type Knows)> Map = ArchitectureMap.Read();

    [Fact]
    public void Rooms_know_only_the_rooms_they_may()
    {
        var wrong = Map.Where(pair =>
                ArchitectureMap.IsOurs(pair.Knows)
                && !MayKnow(ArchitectureMap.RoomOf(pair.Who), ArchitectureMap.RoomOf(pair.Knows))
            )
            .Select(pair => $"{pair.Who} knows {pair.Knows}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_room_has_its_arrows() =>
        Assert.DoesNotContain(Map.Select(pair => ArchitectureMap.RoomOf(pair.Who)), room =>
            room.Length > 0 && !Arrows.ContainsKey(room)
        );

    [Fact]
    public void Files_name_only_the_rooms_they_may()
    {
        // Constants leave no trace in compiled code; their using does.
        var wrong =
            from file in SourceFiles()
            let room = RoomOfFile(file)
            from Match used in UsedRoom().Matches(File.ReadAllText(file))
            where !MayKnow(room, used.Groups["room"].Value)
            select $"{file}: {used.Value.Trim()}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Only_stores_and_hosting_see_Azure()
    {
        var wrong = Map.Where(pair =>
                IsIn(pair.Knows, "Azure")
                && !IsStore(pair.Who)
                && !ArchitectureMap.RoomOf(pair.Who).StartsWith("Hosting", StringComparison.Ordinal)
            )
            .Select(pair => $"{pair.Who} knows {pair.Knows}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Only_pages_and_hosting_see_HTTP()
    {
        var wrong = Map.Where(pair => IsIn(pair.Knows, "Microsoft.AspNetCore") && !MaySeeHttp(pair.Who))
            .Where(pair => !IsIn(pair.Knows, "Microsoft.AspNetCore.StaticFiles")) // a list of file endings, nothing more
            .Select(pair => $"{pair.Who} knows {pair.Knows}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void No_file_is_longer_than_250_lines() =>
        Assert.DoesNotContain(SourceFiles(), file => File.ReadLines(file).Count() > 250);

    [Fact]
    public void Every_file_holds_what_its_name_and_its_folder_say()
    {
        var wrong = SourceFiles()
            .Where(file =>
            {
                var text = File.ReadAllText(file);
                var space = Path.GetDirectoryName(Path.GetRelativePath(Functions, file))!.Replace('/', '.');
                var isDeclared = Regex.IsMatch(
                    text,
                    $@"\b(class|record|struct|enum|interface|delegate Task) {Path.GetFileName(file).Split('.')[0]}\b"
                ); // Program.Worker.cs holds a Program
                return !(
                    isDeclared
                    && text.Contains(
                        $"namespace ServerlessBlog{(space.Length > 0 ? "." : "")}{space};",
                        StringComparison.Ordinal
                    )
                );
            });

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_addresses_of_the_admin_area_are_said_once()
    {
        var wrong = SourceFiles()
            .Concat(Directory.EnumerateFiles(Path.Combine(Functions, "Pages"), "*.cshtml"))
            .Where(file =>
                File.ReadAllText(file).Contains("\"/moderate", StringComparison.Ordinal)
                || File.ReadAllText(file).Contains("\"moderate", StringComparison.Ordinal)
            );

        Assert.Equal(["AdminPaths.cs"], wrong.Select(file => Path.GetFileName(file)));
    }

    private static string Functions => Path.Combine(RepositoryRoot.Find(), "functions");

    private static bool MayKnow(string who, string knows) =>
        who == knows
        || who.Length == 0
        || knows == "Hosting"
        || (Arrows.TryGetValue(who, out var arrows) && arrows.Contains(knows));

    private static bool MaySeeHttp(Type type) =>
        ArchitectureMap.RoomOf(type) is "" or "Pages" or "Hosting" or "Hosting.Local"
        && !UseCasesAmongPages.Contains(type);

    private static bool IsStore(Type type) =>
        type.Name.EndsWith("Table", StringComparison.Ordinal)
        || type.Name.EndsWith("Lists", StringComparison.Ordinal)
        || type.Name.EndsWith("Rows", StringComparison.Ordinal)
        || type.Name.EndsWith("Files", StringComparison.Ordinal)
        || type.Name.EndsWith("Cache", StringComparison.Ordinal)
        || type.Name.EndsWith("Inbox", StringComparison.Ordinal);

    private static bool IsIn(Type type, string space) =>
        type.Namespace == space || type.Namespace?.StartsWith(space + ".", StringComparison.Ordinal) == true;

    private static IEnumerable<string> SourceFiles() =>
        Directory
            .EnumerateFiles(Functions, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(Functions, file).Split('/')[0] is not ("bin" or "obj"));

    private static string RoomOfFile(string file) =>
        Path.GetDirectoryName(Path.GetRelativePath(Functions, file))!.Replace('/', '.');

    [GeneratedRegex(@"^using (static |\w+ = )?ServerlessBlog\.(?<room>Hosting\.Local|\w+)", RegexOptions.Multiline)]
    private static partial Regex UsedRoom();
}

using System.Reflection;

namespace ServerlessBlog.Hosting;

/// <summary>One function as its attributes declare it: a name, a trigger, and the method to call.</summary>
/// <param name="Name">The name in <c>[Function]</c>.</param>
/// <param name="Trigger">The trigger attribute of the first parameter.</param>
/// <param name="Parameter">The name of the first parameter: the binding's name in function.json and in the host's envelope.</param>
/// <param name="Type">The class that holds the method; made by the container.</param>
/// <param name="Method">The method.</param>
public sealed record FunctionDeclaration(string Name, Attribute Trigger, string Parameter, Type Type, MethodInfo Method)
{
    /// <summary>The method of the class's instance, as a delegate of one of the three shapes.</summary>
    /// <exception cref="ArgumentException">The method has another shape.</exception>
    public TShape Bind<TShape>(IServiceProvider services)
        where TShape : Delegate => Method.CreateDelegate<TShape>(services.GetRequiredService(Type));
}

namespace ServerlessBlog.Hosting;

/// <summary>A function as its attributes declare it: a name, a trigger, and the method to call.</summary>
/// <param name="Name">The name in <c>[Function]</c>.</param>
/// <param name="Trigger">The trigger attribute of the first parameter.</param>
/// <param name="Parameter">
/// The name of the first parameter, which is also the name of the binding in function.json and in invocation payloads.
/// </param>
/// <param name="Type">The class that declares the method; created by the service container.</param>
/// <param name="Method">The method.</param>
public sealed record FunctionDeclaration(string Name, Attribute Trigger, string Parameter, Type Type, MethodInfo Method)
{
    /// <summary>Creates a delegate that calls the method on the class's singleton.</summary>
    /// <typeparam name="TShape">One of the three signatures of functions: for HTTP, a queue or a timer.</typeparam>
    /// <exception cref="ArgumentException">The method has another signature.</exception>
    public TShape Bind<TShape>(IServiceProvider services)
        where TShape : Delegate => Method.CreateDelegate<TShape>(services.GetRequiredService(Type));
}

// The handful of Microsoft.Azure.Functions.Worker types that a declaration needs, under their real names: the same source
// compiles against the real packages with -p:UseFunctionsWorker=true, and then this file is left out.
// Source: https://github.com/Azure/azure-functions-dotnet-worker (extensions Abstractions, Http, Storage.Queues, Timer).
// A test holds every name and signature to it; what the blog does not use is left out.
namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions
{
    /// <summary>A parameter or method is bound to something outside.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public abstract class BindingAttribute : Attribute;

    /// <summary>What arrives in the parameter has the function called.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public abstract class TriggerBindingAttribute : BindingAttribute;
}

namespace Microsoft.Azure.Functions.Worker
{
    using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

    /// <summary>Declares a method as a function.</summary>
    /// <param name="name">The function's name: unique, and the path under which a custom handler is called for queues and timers.</param>
    [AttributeUsage(AttributeTargets.Method)]
    public class FunctionAttribute(string name) : Attribute
    {
        /// <summary>The function's name.</summary>
        public string Name { get; } = name;
    }

    /// <summary>Who may call an HTTP function, as the Functions host sees it.</summary>
    public enum AuthorizationLevel
    {
        /// <summary>Anybody.</summary>
        Anonymous = 0,

        /// <summary>Signed-in users.</summary>
        User = 1,

        /// <summary>Holders of a function key.</summary>
        Function = 2,

        /// <summary>Holders of a system key.</summary>
        System = 3,

        /// <summary>Holders of the master key.</summary>
        Admin = 4,
    }

    /// <summary>The parameter holds an HTTP request.</summary>
    /// <param name="authLevel">Who may call.</param>
    /// <param name="methods">HTTP methods, lower case.</param>
    public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : TriggerBindingAttribute
    {
        /// <summary>Who may call.</summary>
        public AuthorizationLevel AuthLevel { get; } = authLevel;

        /// <summary>HTTP methods, lower case.</summary>
        public string[]? Methods { get; } = methods;

        /// <summary>The route without a leading slash; {name} and {*name} hold route values.</summary>
        public string? Route { get; set; }
    }

    /// <summary>The parameter holds the text of a storage queue's message.</summary>
    /// <param name="queueName">The queue.</param>
    public sealed class QueueTriggerAttribute(string queueName) : TriggerBindingAttribute
    {
        /// <summary>The queue.</summary>
        public string QueueName { get; } = queueName;

        /// <summary>Name (prefix) of the setting that says where the storage account is.</summary>
        public string? Connection { get; set; }
    }

    /// <summary>The parameter says that it is time.</summary>
    /// <param name="schedule">A cron expression of six fields, seconds first, in UTC.</param>
    public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
    {
        /// <summary>A cron expression of six fields, seconds first, in UTC.</summary>
        public string Schedule { get; } = schedule;
    }

    /// <summary>What the host says about a timer's call.</summary>
    public class TimerInfo
    {
        /// <summary>True when the call comes later than the schedule says.</summary>
        public bool IsPastDue { get; set; }
    }
}

using CustomerService.Rules;
using static CustomerService.Complaints.Knowledge.Domain.KnowledgeArticleState;
using Do = CustomerService.Complaints.Knowledge.Domain.KnowledgeArticleAction;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Complaints.Knowledge.Domain.KnowledgeArticle,
    CustomerService.Complaints.Knowledge.Domain.KnowledgeArticleState,
    CustomerService.Complaints.Knowledge.Domain.KnowledgeArticleAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Complaints.Knowledge.Domain.KnowledgeArticle>;

namespace CustomerService.Complaints.Knowledge.Domain;

/// <summary>The life of a knowledge article, rule C3.1.5.</summary>
internal static class KnowledgeArticleFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("knowledge-article")
        .Start(Do.Write, Draft, "C3.1.5", Writers)

        .From(Draft)
            .On(Do.Review,      Reviewed,  "C3.1.5", Writers, InAllLanguages, NotAnAuthor)
        .From(Reviewed)
            .On(Do.Publish,     Published, "C3.1.5", Publishers)
            .MayOn(Do.SendBack, Draft,     "C3.1.5", Writers)
        .From(Published)
            .MayOn(Do.Revise,   Draft,     "C3.1.5", Writers)
        .From(Draft, Reviewed, Published)
            .MayOn(Do.Withdraw, Withdrawn, "C3.1.5", Publishers)
        .In(Draft)
            .Stay(Do.Edit,                 "C3.1.5", Writers)
        .EndsButReopens(Published)
        .Abandons(Withdrawn)
        .Build();

    private static readonly string[] Publishers =
    [
        Roles.CustomerService,
        Roles.Sales,
        Roles.SalesManager,
        Roles.ProductDevelopment,
        Roles.QcHead,
    ];

    private static readonly string[] Writers = [.. Publishers, Roles.RepairGroup, Roles.Engineering, Roles.Qc];

    private static readonly Guard InAllLanguages = Guard.Require(
        (article, _) => article.MissingLanguages.Count == 0,
        code: "language-missing",
        rule: "C3.1.5",
        missing: ["all-languages"],
        suppliedBy: Writers
    );

    // A second person reads it: nobody who wrote a word of this edition.
    private static readonly Guard NotAnAuthor = Guard.RequirePeople(
        (article, _) => People.Not(article.Authors),
        code: "reviewer-is-author",
        rule: "C3.1.5",
        missing: ["other-reader"],
        suppliedBy: Writers
    );
}

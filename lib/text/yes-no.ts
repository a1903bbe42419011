/** What people text for yes and no in one language: lists with commas. */
interface YesNo {
  readonly yes: string;
  readonly no: string;
  /** Words that are an answer in another language, and not to be trusted in this one. */
  readonly neither?: string;
}

/**
 * As normalizeText leaves them, and without commas, which are not compared: `yes, please` is `yes please`. Only words
 * that are an answer and nothing else, in writing as it is texted: `ok` may say no more than "I have read it". None is
 * a stop word. What is written in Latin letters for want of others is here where it means nothing else nearby.
 * Languages are codes without a region.
 */
export const YES_NO: Readonly<Record<string, YesNo>> = {
  ar: {
    yes: `
      نعم, نعم من فضلك, نعم لو سمحت, اي نعم, ايوه, ايوة, ايوا, اه, اجل, طبعا, نعم طبعا, اكيد, نعم اكيد,
      بالتاكيد, aywa, aiwa, na3am
    `,
    no: 'لا, لا شكرا, لاء, كلا, ابدا, لا ابدا',
  },
  bn: {
    yes: 'হ্যাঁ, হ্যা, হাঁ, হ্যাঁ জি, জি, জী, জ্বি, জ্বী, জি হ্যাঁ, জ্বি হ্যাঁ, অবশ্যই, হ্যাঁ অবশ্যই, ji, jee, hyan',
    no: 'না, নাহ, না না, জি না, জ্বি না, না ধন্যবাদ, na, ji na',
  },
  de: {
    yes: `
      ja, j, jo, jap, jep, jup, jawohl, ja bitte, ja gern, ja gerne, ja klar, ja danke, ja natürlich, gern,
      gerne, sehr gern, sehr gerne, klar, na klar, natürlich, genau, stimmt, richtig, auf jeden fall,
      selbstverständlich
    `,
    no: 'nein, n, nee, nö, nein danke, nee danke, nö danke, leider nein, leider nicht, auf keinen fall',
  },
  en: {
    yes: `
      yes, y, yeah, yea, yep, yup, yess, yes please, yes pls, yes thanks, yes thank you, yes i do,
      yes it is, yes sure, yes of course, yes definitely, sure, sure thing, of course, definitely,
      absolutely, certainly, correct, that is correct, that's correct, that's right
    `,
    no: `
      no, n, nope, nah, no thanks, no thank you, no thx, no i don't, not really, of course not,
      definitely not, absolutely not, certainly not
    `,
  },
  es: {
    yes: `
      sí, s, sip, sii, sí por favor, sí porfa, sí gracias, sí claro, sí quiero, claro, claro que sí,
      por supuesto, por supuesto que sí, desde luego, efectivamente
    `,
    no: `
      no, n, nop, no gracias, no quiero, claro que no, por supuesto que no, para nada, de ninguna manera
    `,
  },
  fr: {
    yes: `
      oui, o, ouais, ouai, ouep, oui oui, oui merci, oui svp, oui stp, oui s'il vous plaît,
      oui s'il te plaît, oui bien sûr, bien sûr, bien sûr que oui, oui volontiers, volontiers, absolument,
      tout à fait, évidemment, certainement
    `,
    no: 'non, n, nan, non non, non merci, pas du tout, bien sûr que non, absolument pas, certainement pas',
  },
  hi: {
    yes: `
      हाँ, हां, हा, जी, जी हाँ, जी हां, हाँ जी, हां जी, बिल्कुल, बिलकुल, हाँ बिल्कुल, हां बिल्कुल, ज़रूर, जरूर, haan, haan ji,
      haanji, hanji, han ji, ji haan, ji han, ji, bilkul
    `,
    no: `
      नहीं, नही, ना, जी नहीं, नहीं जी, नहीं धन्यवाद, बिल्कुल नहीं, nahi, nahin, nahi ji, ji nahi, ji nahin,
      bilkul nahi
    `,
  },
  id: {
    yes: `
      ya, iya, y, yaa, iyaa, iya dong, ya benar, iya benar, ya betul, iya betul, benar, betul, tentu,
      tentu saja, ya tentu, ya terima kasih, iya terima kasih, ya tolong
    `,
    no: `
      tidak, tdk, gak, ga, nggak, ngga, enggak, engga, bukan, tak, tidak terima kasih, tidak makasih,
      gak makasih, nggak makasih, tentu tidak
    `,
  },
  it: {
    yes: `
      sì, s, sì sì, sì grazie, sì per favore, sì certo, certo, certamente, certo che sì, sì volentieri,
      volentieri, esatto, assolutamente sì, ovviamente
    `,
    no: 'no, n, no no, no grazie, certo che no, assolutamente no, per niente, ovviamente no',
  },
  ja: {
    yes: `
      はい, ハイ, はいお願いします, はい お願いします, はいそうです, はい そうです, ええ, うん, うんうん,
      そうです, もちろん, もちろんです, 勿論
    `,
    no: `
      いいえ, イイエ, いえ, ううん, いや, いいえ結構です, いいえ 結構です, いいえ違います, いいえ 違います,
      違います, ちがいます, 否
    `,
  },
  ko: {
    yes: `
      네, 예, 넵, 넹, 네네, 예예, 응, 응응, 네 맞아요, 네 맞습니다, 맞아요, 맞습니다, 네 그럼요, 그럼요,
      물론, 물론이죠, 물론입니다, 당연하죠, 네 부탁드립니다, 네 감사합니다, ᄋᄋ, ᄋᄋᄋ
    `,
    no: `
      아니요, 아니오, 아뇨, 아니, 아닙니다, 아니에요, 아니예요, 아니요 괜찮아요, 아니요 괜찮습니다,
      아뇨 괜찮아요, 아뇨 괜찮습니다, ᄂᄂ, ᄂᄂᄂ
    `,
  },
  mr: {
    yes: 'हो, होय, हो हो, हो जी, हो नक्की, नक्की, हो चालेल, बरोबर, ho',
    no: 'नाही, नको, नाय, नाही नाही, नाही धन्यवाद, नको धन्यवाद, nahi, nako',
  },
  nl: {
    yes: `
      ja, j, ja hoor, ja graag, graag, ja bedankt, ja dank je, ja natuurlijk, ja zeker, jazeker, jawel, jep,
      yep, zeker, zeker weten, natuurlijk, tuurlijk, uiteraard, klopt, dat klopt, inderdaad
    `,
    no: `
      nee, n, neen, nope, nee hoor, nee bedankt, nee dank je, nee dank u, nee dankjewel, nee dank je wel,
      nee danku, helaas niet, zeker niet, natuurlijk niet
    `,
  },
  pl: {
    yes: `
      tak, t, tak tak, tak proszę, tak poproszę, tak dziękuję, tak jasne, jasne, no tak, oczywiście,
      tak oczywiście, jak najbardziej, zgadza się, tak zgadza się
    `,
    no: 'nie, n, nie nie, nie dziękuję, nie dzięki, oczywiście że nie',
    // A colloquial yes, and yet what others write for no.
    neither: 'no',
  },
  pt: {
    yes: `
      sim, s, sim sim, sim por favor, sim pfv, sim claro, sim obrigado, sim obrigada, sim quero, claro,
      claro que sim, com certeza, sim com certeza, certamente, isso mesmo
    `,
    no: 'não, n, não não, não obrigado, não obrigada, não quero, claro que não, de jeito nenhum, naum',
  },
  ru: {
    yes: `
      да, да да, да конечно, да пожалуйста, да спасибо, конечно, ага, угу, верно, всё верно, все верно,
      разумеется, безусловно, da, da konechno, konechno
    `,
    no: `
      нет, не, неа, нет нет, нет спасибо, не надо, нет не надо, не нужно, нет не нужно, конечно нет, net,
      net spasibo
    `,
  },
  sv: {
    yes: `
      ja, j, japp, jepp, jajamän, ja tack, ja gärna, ja absolut, ja visst, javisst, gärna, absolut,
      självklart, visst, stämmer, det stämmer
    `,
    no: 'nej, n, nepp, nejdå, nej tack, nej nej, absolut inte, inte alls, självklart inte',
  },
  ta: {
    yes: 'ஆம், ஆமா, ஆமாம், ஆமாங்க, ஆம் நன்றி, நிச்சயமாக, கண்டிப்பாக, aamam, aama, aamaam',
    no: 'இல்லை, இல்ல, இல்லைங்க, இல்லை நன்றி, வேண்டாம், வேணாம், illai, illa, vendam, vendaam, venam',
  },
  te: {
    yes: 'అవును, అవునండి, ఔను, ఔనండి, అవును అండి, ఖచ్చితంగా, తప్పకుండా, avunu, avunandi, aunu',
    no: 'కాదు, కాదండి, లేదు, లేదండి, వద్దు, వద్దండి, వొద్దు, kadu, kaadu, ledu, vaddu, vaddandi',
  },
  tr: {
    yes: `
      evet, evet lütfen, evet teşekkürler, evet tabii, evet tabi, tabii, tabi, tabii ki, tabi ki, tabiki,
      elbette, elbet, kesinlikle, kesinlikle evet, aynen
    `,
    no: `
      hayir, hayir teşekkürler, hayir teşekkür ederim, hayir sağ ol, hayir sağolun, yok, yok teşekkürler,
      kesinlikle hayir, tabii ki hayir
    `,
  },
  uk: {
    yes: `
      так, так так, так звісно, так звичайно, так будь ласка, так дякую, звісно, звичайно, авжеж, ага, угу,
      саме так, безумовно
    `,
    no: `
      ні, ні ні, ні дякую, не, неа, нє, нєа, не треба, ні не треба, не потрібно, звісно ні, звичайно ні
    `,
  },
  ur: {
    yes: `
      جی, جي, جی ہاں, جی ہا, ہاں, ہاں جی, ہا, بالکل, جی بالکل, ضرور, جی ضرور, haan, haan ji, han ji,
      ji haan, ji han, ji, jee, jee haan, bilkul
    `,
    no: `
      نہیں, نہی, جی نہیں, نہیں جی, نہیں شکریہ, نہ, بالکل نہیں, nahi, nahin, nahi ji, ji nahi, ji nahin,
      bilkul nahi
    `,
  },
  vi: {
    yes: `
      có, có ạ, vâng, vâng ạ, dạ, dạ vâng, dạ vâng ạ, dạ có, dạ có ạ, dạ phải, phải, phải rồi, đúng vậy,
      tất nhiên, dĩ nhiên
    `,
    no: `
      không, không ạ, ko, hông, không có, không phải, không cần, không cần đâu, không cảm ơn, ko cảm ơn,
      dạ không, dạ không ạ, tất nhiên là không
    `,
  },
  zh: {
    yes: `
      是, 是的, 是啊, 是呀, 对, 对的, 对啊, 對, 對的, 對啊, 嗯, 嗯嗯, 没错, 沒錯, 当然, 當然, 当然可以,
      當然可以, 要, 我要, 可以
    `,
    no: `
      不, 不是, 不是的, 不要, 我不要, 不用, 不用了, 不了, 不用 谢谢, 不用 謝謝, 不用了谢谢, 不用了謝謝,
      不用了 谢谢, 不用了 謝謝, 不需要, 不行, 不可以, 不对, 不對, 没有, 沒有, 否, 当然不, 當然不
    `,
  },
};
